package io.shardquake.node.core.resp;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A finite number in C's {@code long double} of x86-64, which has 64 significant bits: Redis's
 * INCRBYFLOAT and HINCRBYFLOAT compute in it. Exponents are not bounded downwards as there.
 *
 * @param value the exact value of the rounded number
 */
public record LongDouble(BigDecimal value) {
  public static final LongDouble ZERO = new LongDouble(BigDecimal.ZERO);

  private static final int SIGNIFICANT_BITS = 64;
  private static final int GREATEST_DECIMAL_EXPONENT = 4932;
  private static final int DECIMALS = 17;
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,6})?");

  /** The number that a whole text spells; empty if it spells none, or one that is not finite. */
  public static Optional<LongDouble> parse(byte[] text) {
    String string = new String(text, StandardCharsets.ISO_8859_1);
    if (!DECIMAL.matcher(string).matches()) {
      double value = RealNumber.parse(text);
      return Double.isFinite(value) ? of(new BigDecimal(value)) : Optional.empty();
    }
    return of(new BigDecimal(string));
  }

  /** Whether a text spells infinity. */
  public static boolean isInfinite(byte[] text) {
    return Double.isInfinite(RealNumber.parse(text));
  }

  /** The sum; empty if it is too large. */
  public Optional<LongDouble> plus(LongDouble other) {
    return of(value.add(other.value));
  }

  private static Optional<LongDouble> of(BigDecimal exact) {
    if (exact.signum() != 0
        && exact.precision() - (long) exact.scale() > GREATEST_DECIMAL_EXPONENT + 1) {
      return Optional.empty();
    }
    return Optional.of(new LongDouble(round(exact)));
  }

  private static BigDecimal round(BigDecimal exact) {
    if (exact.signum() == 0 || exact.precision() - (long) exact.scale() < -5000) {
      return BigDecimal.ZERO;
    }
    int binaryExponent = binaryExponent(exact.abs());
    int shift = SIGNIFICANT_BITS - 1 - binaryExponent;
    BigInteger significand =
        scaled(exact, shift).setScale(0, RoundingMode.HALF_EVEN).toBigInteger();
    return scaled(new BigDecimal(significand), -shift);
  }

  /** The greatest e with 2^e not above a number. */
  private static int binaryExponent(BigDecimal magnitude) {
    if (magnitude.compareTo(BigDecimal.ONE) >= 0) {
      return magnitude.toBigInteger().bitLength() - 1;
    }
    int up = (int) Math.ceil((magnitude.scale() + 1) * 3.33);
    return scaled(magnitude, up).toBigInteger().bitLength() - 1 - up;
  }

  private static BigDecimal scaled(BigDecimal number, int powerOfTwo) {
    BigDecimal power = new BigDecimal(BigInteger.ONE.shiftLeft(Math.abs(powerOfTwo)));
    return powerOfTwo >= 0 ? number.multiply(power) : number.divide(power);
  }

  /** What {@code printf("%.17Lf")} prints, without zeros at the end. */
  public String format() {
    BigDecimal rounded = value.setScale(DECIMALS, RoundingMode.HALF_EVEN);
    if (rounded.signum() == 0) {
      return "0";
    }
    BigDecimal stripped = rounded.stripTrailingZeros();
    return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
  }
}
