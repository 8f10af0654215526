package io.shardquake.node.core.resp;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Floating-point numbers in the words of C, as Redis prints them. */
public final class RealNumber {
  private static final int DIGITS = 17;

  private RealNumber() {}

  /**
   * The number that a whole text spells by C's rules, without white space before it.
   *
   * @return NaN if it spells none, or one that a double cannot hold
   */
  public static double parse(byte[] text) {
    if (text.length == 0 || text[0] == ' ' || (text[0] >= '\t' && text[0] <= '\r')) {
      return Double.NaN;
    }
    Strtod read = Strtod.read(text);
    return read.length() != text.length || read.outOfRange() ? Double.NaN : read.value();
  }

  /** What {@code printf("%.17g")} prints, with {@code inf}, {@code -inf} and {@code nan}. */
  public static String format(double value) {
    return format(value, DIGITS);
  }

  /**
   * What {@code printf("%.<digits>g")} prints, with {@code inf}, {@code -inf} and {@code nan}.
   *
   * @param digits at least 1
   */
  public static String format(double value, int digits) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    if (value == Math.rint(value) && Math.abs(value) < Math.pow(10, Math.min(digits, 15))) {
      return Long.toString((long) value);
    }
    BigDecimal rounded =
        new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < digits) {
      return rounded.signum() == 0 ? "0" : plain(rounded);
    }
    BigDecimal mantissa = rounded.scaleByPowerOfTen(-exponent).stripTrailingZeros();
    String sign = exponent < 0 ? "-" : "+";
    int magnitude = Math.abs(exponent);
    return mantissa.toPlainString() + "e" + sign + (magnitude < 10 ? "0" : "") + magnitude;
  }

  private static String plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
  }
}
