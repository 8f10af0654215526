package io.shardquake.harness.campaign;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Seeds that follow each other.
 *
 * @param first not negative
 * @param last not less than the first
 */
public record SeedRange(long first, long last) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

  public SeedRange {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("seeds go from a lower to a higher number: A-B");
    }
  }

  /**
   * Reads {@code 1-1000}.
   *
   * @throws IllegalArgumentException with one line for the user
   */
  public static SeedRange parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no range of seeds: write 1-1000");
    }
    return new SeedRange(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
  }

  /** How many there are. */
  public long size() {
    return last - first + 1;
  }
}
