package io.shardquake.checkers;

import java.time.Duration;

/**
 * Bounds a checker must keep.
 *
 * @param time wall-clock time for the whole check
 * @param memoryBytes heap the checker may hold for its own data, beyond the evidence itself
 */
public record Limits(Duration time, long memoryBytes) {
  /** Ten minutes and half of the heap this JVM may grow to. */
  public static final Limits DEFAULT =
      new Limits(Duration.ofMinutes(10), Runtime.getRuntime().maxMemory() / 2);

  public Limits {
    if (time.isNegative() || time.isZero() || memoryBytes <= 0) {
      throw new IllegalArgumentException("limits must be positive: " + time + ", " + memoryBytes);
    }
  }
}
