package io.shardquake.node.core.config;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Numbers of bytes as configuration files write them: {@code 100}, {@code 64k}, {@code 1gb}. */
final class ByteCount {
  private static final int MOST_DIGITS = 18;

  private ByteCount() {}

  /** The bytes; empty if it is no such number. Without digits it is nought, as in Redis. */
  static OptionalLong parse(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    int digits = 0;
    while (digits < lower.length() && lower.charAt(digits) >= '0' && lower.charAt(digits) <= '9') {
      digits++;
    }
    Optional<Long> factor = factor(lower.substring(digits));
    if (factor.isEmpty()) {
      return OptionalLong.empty();
    }
    if (digits == 0) {
      return OptionalLong.of(0);
    }
    // What overflows is out of every bound.
    return OptionalLong.of(
        digits > MOST_DIGITS
            ? -1
            : product(Long.parseLong(lower.substring(0, digits)), factor.get()));
  }

  private static long product(long number, long factor) {
    return number > Long.MAX_VALUE / factor ? -1 : number * factor;
  }

  private static Optional<Long> factor(String unit) {
    return switch (unit) {
      case "", "b" -> Optional.of(1L);
      case "k" -> Optional.of(1000L);
      case "kb" -> Optional.of(1024L);
      case "m" -> Optional.of(1000_000L);
      case "mb" -> Optional.of(1024L * 1024);
      case "g" -> Optional.of(1000_000_000L);
      case "gb" -> Optional.of(1024L * 1024 * 1024);
      default -> Optional.empty();
    };
  }
}
