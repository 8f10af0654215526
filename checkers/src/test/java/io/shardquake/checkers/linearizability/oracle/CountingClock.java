package io.shardquake.checkers.linearizability.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Limits;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * A clock that stands still, counts how often it is looked at, and can be told when to strike: from
 * then on the time of its limits is over. Safe for use by many threads.
 */
public final class CountingClock {
  /** They take a few milliseconds. */
  private static final int OPERATIONS_BETWEEN_LOOKS = 1 << 12;

  private static final Duration TIME = Duration.ofMinutes(1);

  private final AtomicLong looks = new AtomicLong();
  private final long strikesAfter;
  private final SearchLimits limits;

  private CountingClock(long strikesAfter) {
    this.strikesAfter = strikesAfter;
    this.limits = SearchLimits.startingNow(new Limits(TIME, Long.MAX_VALUE), this::look);
  }

  /** A clock that never strikes. */
  public static CountingClock silent() {
    return new CountingClock(Long.MAX_VALUE);
  }

  /** A clock that strikes at the look after so many. */
  public static CountingClock strikingAfter(long looks) {
    return new CountingClock(looks);
  }

  private long look() {
    return looks.incrementAndGet() > strikesAfter ? 2 * TIME.toNanos() : 0;
  }

  /** Limits that end when the clock strikes. */
  public SearchLimits limits() {
    return limits;
  }

  /** How often the clock was looked at. */
  public long looks() {
    return looks.get();
  }

  /**
   * Does what must not go over a history without looking at the clock.
   *
   * @param phase what it is
   * @param operations how many it goes over
   */
  public <T> T lookedAtDuring(String phase, int operations, Supplier<T> work) {
    long before = looks();
    T made = work.get();
    assertThat(looks() - before)
        .as("looks at the clock during %s of %,d operations", phase, operations)
        .isGreaterThanOrEqualTo(operations / OPERATIONS_BETWEEN_LOOKS);
    return made;
  }
}
