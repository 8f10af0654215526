package io.shardquake.faults.plan;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them: {@code 500ms}, {@code 1.5s}, {@code 2m}, {@code 0s}. */
public final class DurationText {
  /** The longest length of time that a plan may name. */
  static final Duration LONGEST = Duration.ofHours(1_000_000);

  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,19}(?:\\.[0-9]{1,18})?) ?(ns|us|ms|s|m|h)");

  private DurationText() {}

  /**
   * Reads a number and its unit (ns, us, ms, s, m, h).
   *
   * @throws IllegalArgumentException with one line that says what is wrong
   */
  public static Duration parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "not a length of time: '" + text + "' (write 500ms, 1.5s, 2m or 1h)");
    }
    BigDecimal nanos =
        new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(unit(form.group(2)).toNanos()));
    if (nanos.stripTrailingZeros().scale() > 0) {
      throw new IllegalArgumentException("finer than a nanosecond: '" + text + "'");
    }
    if (nanos.compareTo(BigDecimal.valueOf(LONGEST.toNanos())) > 0) {
      throw new IllegalArgumentException("longer than 1000000h: '" + text + "'");
    }
    return Duration.ofNanos(nanos.longValueExact());
  }

  /** Writes it as a whole number of the largest unit up to seconds that loses nothing. */
  public static String print(Duration time) {
    long nanos = time.toNanos();
    for (String unit : new String[] {"s", "ms", "us"}) {
      long size = unit(unit).toNanos();
      if (nanos % size == 0) {
        return nanos / size + unit;
      }
    }
    return nanos + "ns";
  }

  private static Duration unit(String name) {
    return switch (name) {
      case "h" -> Duration.ofHours(1);
      case "m" -> Duration.ofMinutes(1);
      case "s" -> Duration.ofSeconds(1);
      case "ms" -> Duration.ofMillis(1);
      case "us" -> Duration.ofNanos(1_000);
      default -> Duration.ofNanos(1);
    };
  }
}
