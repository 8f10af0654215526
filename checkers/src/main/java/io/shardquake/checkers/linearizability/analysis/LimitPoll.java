package io.shardquake.checkers.linearizability.analysis;

/**
 * Asks the limits of an analysis once in a while, from within the loops that prepare it: a million
 * operations take some of them a tenth of a second and more. Not thread-safe.
 */
public final class LimitPoll {
  /** A step takes a microsecond at most, so that a poll comes every few milliseconds. */
  private static final int STEPS_BETWEEN_POLLS = 1 << 11;

  private final SearchLimits limits;
  private long heldBytes;
  private int steps;

  public LimitPoll(SearchLimits limits) {
    this.limits = limits;
  }

  /** Never ends anything. */
  public static LimitPoll none() {
    return new LimitPoll(SearchLimits.none());
  }

  /**
   * Notes that one operation, event or value was looked at.
   *
   * @throws SearchEndedException if a limit is met
   */
  public void step() {
    if (++steps % STEPS_BETWEEN_POLLS == 0) {
      now();
    }
  }

  /** Notes that the preparation holds so much more memory. */
  public void hold(long bytes) {
    heldBytes += bytes;
  }

  /**
   * Asks the limits now.
   *
   * @throws SearchEndedException if one is met
   */
  public void now() {
    limits
        .exceeded(heldBytes)
        .ifPresent(
            cause -> {
              throw new SearchEndedException(cause);
            });
  }
}
