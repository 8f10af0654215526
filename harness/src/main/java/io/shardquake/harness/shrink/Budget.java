package io.shardquake.harness.shrink;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How much a search may still try. Not thread-safe. */
final class Budget {
  private final LongSupplier clock;
  private final long deadline;
  private int trials;

  /**
   * @param clock nanoseconds
   * @param trials at most so many
   */
  Budget(LongSupplier clock, Duration time, int trials) {
    this.clock = clock;
    this.deadline = clock.getAsLong() + time.toNanos();
    this.trials = trials;
  }

  /** Takes note of a trial. */
  void spend() {
    trials--;
  }

  boolean isSpent() {
    return trials <= 0 || clock.getAsLong() >= deadline;
  }
}
