package io.shardquake.node.core.resp;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number at the beginning of a text, as C's {@code strtod} reads it: white space, a sign,
 * decimal or hexadecimal digits with an exponent, {@code inf}, {@code infinity} or {@code nan}.
 *
 * @param value 0 if there is no number
 * @param length how many bytes of the text belong to it; 0 if there is none
 * @param outOfRange whether it is too large for a double, or too small to be told from zero
 */
public record Strtod(double value, int length, boolean outOfRange) {
  private static final Pattern NUMBER =
      Pattern.compile(
          "[ \\t\\n\\x0B\\f\\r]*([+-]?)(?:"
              + "(?<hex>0[xX](?:\\p{XDigit}+\\.?\\p{XDigit}*|\\.\\p{XDigit}+)(?:[pP][+-]?\\d+)?)"
              + "|(?<decimal>(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)"
              + "|(?<infinite>[iI][nN][fF](?:[iI][nN][iI][tT][yY])?)"
              + "|(?<nan>[nN][aA][nN](?:\\([A-Za-z0-9_]*\\))?))");
  private static final int LONGEST_PLAIN = 15;

  /** Reads a text from its beginning. */
  public static Strtod read(byte[] text) {
    return read(text, 0);
  }

  /** Reads a text from an index on; the length counts from there. */
  public static Strtod read(byte[] text, int from) {
    int length = text.length - from;
    if (length > 0 && length <= LONGEST_PLAIN && isPlain(text, from)) {
      return new Strtod(plain(text, from), length, false);
    }
    String string = new String(text, from, length, StandardCharsets.ISO_8859_1);
    Matcher matcher = NUMBER.matcher(string);
    if (!matcher.lookingAt()) {
      return new Strtod(0, 0, false);
    }
    double magnitude = magnitude(matcher);
    boolean finite = matcher.group("hex") != null || matcher.group("decimal") != null;
    boolean outOfRange =
        finite
            && (Double.isInfinite(magnitude) || (magnitude == 0 && hasSignificantDigit(matcher)));
    return new Strtod(
        matcher.group(1).equals("-") ? -magnitude : magnitude, matcher.end(), outOfRange);
  }

  private static double magnitude(Matcher matcher) {
    String hex = matcher.group("hex");
    if (hex != null) {
      boolean hasExponent = hex.indexOf('p') >= 0 || hex.indexOf('P') >= 0;
      return Double.parseDouble(hasExponent ? hex : hex + "p0");
    }
    String decimal = matcher.group("decimal");
    if (decimal != null) {
      return Double.parseDouble(decimal);
    }
    return matcher.group("nan") != null ? Double.NaN : Double.POSITIVE_INFINITY;
  }

  private static boolean hasSignificantDigit(Matcher matcher) {
    String hex = matcher.group("hex");
    String mantissa =
        hex != null
            ? hex.substring(2).split("[pP]", 2)[0]
            : String.valueOf(matcher.group("decimal")).split("[eE]", 2)[0];
    return mantissa.chars().anyMatch(digit -> digit != '0' && digit != '.');
  }

  private static boolean isPlain(byte[] text, int from) {
    for (int i = from; i < text.length; i++) {
      if (text[i] < '0' || text[i] > '9') {
        return false;
      }
    }
    return true;
  }

  private static double plain(byte[] text, int from) {
    long value = 0;
    for (int i = from; i < text.length; i++) {
      value = value * 10 + (text[i] - '0');
    }
    return value;
  }
}
