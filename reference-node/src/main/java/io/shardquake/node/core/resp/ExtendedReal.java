package io.shardquake.node.core.resp;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A floating-point number of 64 significant bits, as the x87's, in which Redis adds for INCRBYFLOAT
 * and HINCRBYFLOAT; printed with 17 decimals, less trailing zeros.
 *
 * @param exact its value; 0 if it is not finite
 * @param isFinite whether it is neither infinite nor undefined
 * @param sign of an infinite one; 0 if undefined
 */
public record ExtendedReal(BigDecimal exact, boolean isFinite, int sign) {
  public static final ExtendedReal ZERO = new ExtendedReal(BigDecimal.ZERO, true, 0);

  private static final int SIGNIFICANT_BITS = 64;
  private static final int LONGEST = 5 * 1024;
  private static final int GREATEST_EXPONENT = 4932;
  private static final int LEAST_EXPONENT = -4951;
  private static final int DECIMALS = 17;
  private static final Pattern DECIMAL =
      Pattern.compile("([+-]?)(\\d+\\.?\\d*|\\.\\d+)(?:e([+-]?\\d{1,9}))?");
  private static final Pattern HEXADECIMAL =
      Pattern.compile("([+-]?)0x([0-9a-f]*)\\.?([0-9a-f]*)(?:p([+-]?\\d{1,5}))?");

  /** What {@code strtold} makes of a whole text; empty if it is no number or out of range. */
  public static Optional<ExtendedReal> parse(byte[] text) {
    if (text.length == 0 || text.length >= LONGEST) {
      return Optional.empty();
    }
    String word = new String(text, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    switch (word) {
      case "inf", "+inf", "infinity", "+infinity" -> {
        return Optional.of(new ExtendedReal(BigDecimal.ZERO, false, 1));
      }
      case "-inf", "-infinity" -> {
        return Optional.of(new ExtendedReal(BigDecimal.ZERO, false, -1));
      }
      default -> {
        return hexadecimal(word).or(() -> decimal(word)).map(ExtendedReal::rounded);
      }
    }
  }

  private static Optional<BigDecimal> decimal(String word) {
    if (!DECIMAL.matcher(word).matches()) {
      return Optional.empty();
    }
    BigDecimal value = new BigDecimal(word);
    if (value.signum() == 0) {
      return Optional.of(BigDecimal.ZERO);
    }
    long exponent = (long) value.precision() - value.scale() - 1;
    return exponent >= GREATEST_EXPONENT || exponent < LEAST_EXPONENT
        ? Optional.empty()
        : Optional.of(value);
  }

  private static Optional<BigDecimal> hexadecimal(String word) {
    Matcher matcher = HEXADECIMAL.matcher(word);
    if (!matcher.matches() || matcher.group(2).length() + matcher.group(3).length() == 0) {
      return Optional.empty();
    }
    int exponent = matcher.group(4) == null ? 0 : Integer.parseInt(matcher.group(4));
    exponent -= 4 * matcher.group(3).length();
    if (Math.abs(exponent) > 4 * GREATEST_EXPONENT) {
      return Optional.empty();
    }
    BigDecimal value =
        new BigDecimal(new BigInteger(matcher.group(1) + matcher.group(2) + matcher.group(3), 16));
    return Optional.of(scaled(value, exponent));
  }

  private static BigDecimal scaled(BigDecimal value, int binaryExponent) {
    BigDecimal power = new BigDecimal(BigInteger.ONE.shiftLeft(Math.abs(binaryExponent)));
    // A division by a power of two ends: exact.
    return binaryExponent >= 0 ? value.multiply(power) : value.divide(power);
  }

  private static ExtendedReal rounded(BigDecimal value) {
    if (value.signum() == 0) {
      return ZERO;
    }
    int exponent = SIGNIFICANT_BITS - binaryDigits(value);
    BigInteger significand =
        scaled(value, exponent).setScale(0, RoundingMode.HALF_EVEN).toBigIntegerExact();
    BigDecimal exact = scaled(new BigDecimal(significand), -exponent);
    return new ExtendedReal(exact, true, 0);
  }

  /** How many binary digits stand before the point; negative if the first ones behind it are 0. */
  private static int binaryDigits(BigDecimal value) {
    BigDecimal magnitude = value.abs();
    if (magnitude.compareTo(BigDecimal.ONE) >= 0) {
      return magnitude.toBigInteger().bitLength();
    }
    int digits = BigDecimal.ONE.divide(magnitude, 0, RoundingMode.FLOOR).toBigInteger().bitLength();
    // 1/x in [2^(d-1), 2^d) puts x in (2^-d, 2^-(d-1)].
    boolean powerOfTwo = magnitude.compareTo(scaled(BigDecimal.ONE, 1 - digits)) == 0;
    return powerOfTwo ? 2 - digits : 1 - digits;
  }

  /** The sum, rounded to 64 bits. */
  public ExtendedReal plus(ExtendedReal other) {
    if (isFinite && other.isFinite) {
      return rounded(exact.add(other.exact));
    }
    int sum = sign + other.sign;
    return new ExtendedReal(BigDecimal.ZERO, false, Integer.signum(sum));
  }

  /** In plain digits; only of a finite number. */
  @Override
  public String toString() {
    BigDecimal value = exact.setScale(DECIMALS, RoundingMode.HALF_EVEN);
    if (value.signum() == 0) {
      return "0";
    }
    BigDecimal stripped = value.stripTrailingZeros();
    return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
  }
}
