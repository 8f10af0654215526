package io.shardquake.checkers.edn;

import io.shardquake.checkers.history.Value;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as Clojure writes them. */
final class EdnNumbers {
  private static final int MOST_PLAIN_DIGITS = 18;

  private static final Pattern INTEGER =
      Pattern.compile(
          "([-+]?)(?:0[xX](?<hex>[0-9A-Fa-f]+)|0(?<octal>[0-7]+)"
              + "|(?<radix>[1-9][0-9]?)[rR](?<digits>[0-9A-Za-z]+)|(?<decimal>0|[1-9][0-9]*))N?");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?[0-9]+(\\.[0-9]*)?([eE][-+]?[0-9]+)?");
  private static final Pattern RATIO = Pattern.compile("[-+]?[0-9]+/[0-9]+");

  private EdnNumbers() {}

  /** Whether a token that starts so can only be a number. */
  static boolean isNumber(String token) {
    char first = token.charAt(0);
    boolean signed = (first == '-' || first == '+') && token.length() > 1;
    char digit = signed ? token.charAt(1) : first;
    return digit >= '0' && digit <= '9';
  }

  /** The number that the token is; empty if it is none. */
  static Optional<Value> parse(String token) {
    Matcher integer = INTEGER.matcher(token);
    if (isPlain(token)) {
      return Optional.of(Value.of(Long.parseLong(token)));
    }
    if (integer.matches()) {
      return integer(integer);
    }
    Matcher real = DECIMAL.matcher(token);
    if (real.matches()) {
      boolean whole = real.group(1) == null && real.group(2) == null;
      return whole ? Optional.empty() : Optional.of(Value.of(Double.parseDouble(token)));
    }
    String body = token.substring(0, token.length() - 1);
    if (token.endsWith("M") && isDecimal(body)) {
      return Optional.of(new Value.Tagged(EdnTags.DECIMAL, Value.of(body)));
    }
    return isRatio(token)
        ? Optional.of(new Value.Tagged(EdnTags.RATIO, Value.of(token)))
        : Optional.empty();
  }

  /** Whether the text is that of a decimal number without its {@code M}. */
  static boolean isDecimal(String text) {
    return DECIMAL.matcher(text).matches();
  }

  /** Whether the text is that of a ratio. */
  static boolean isRatio(String text) {
    return RATIO.matcher(text).matches();
  }

  /** Whether the text is that of an integer which {@link #parse} tags as too large. */
  static boolean isBigInteger(String text) {
    return text.matches("-?[1-9][0-9]*") && new BigInteger(text).bitLength() >= Long.SIZE;
  }

  private static boolean isPlain(String token) {
    int digits = token.startsWith("-") ? token.length() - 1 : token.length();
    if (digits == 0 || digits > MOST_PLAIN_DIGITS) {
      return false;
    }
    int first = token.length() - digits;
    for (int i = first; i < token.length(); i++) {
      if (token.charAt(i) < '0' || token.charAt(i) > '9') {
        return false;
      }
    }
    return token.charAt(first) != '0' || digits == 1;
  }

  private static Optional<Value> integer(Matcher token) {
    String hex = token.group("hex");
    String octal = token.group("octal");
    String decimal = token.group("decimal");
    String digits = token.group("digits");
    try {
      BigInteger magnitude;
      if (hex != null) {
        magnitude = new BigInteger(hex, 16);
      } else if (octal != null) {
        magnitude = new BigInteger(octal, 8);
      } else if (decimal != null) {
        magnitude = new BigInteger(decimal);
      } else {
        magnitude = new BigInteger(digits, Integer.parseInt(token.group("radix")));
      }
      BigInteger value = token.group(1).equals("-") ? magnitude.negate() : magnitude;
      return Optional.of(
          value.bitLength() < Long.SIZE
              ? Value.of(value.longValue())
              : new Value.Tagged(EdnTags.BIG_INTEGER, Value.of(value.toString())));
    } catch (NumberFormatException digitBeyondRadix) {
      return Optional.empty();
    }
  }
}
