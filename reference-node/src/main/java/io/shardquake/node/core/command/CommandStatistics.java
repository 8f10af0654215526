package io.shardquake.node.core.command;

import java.util.Arrays;

/** How often a command ran since the start or CONFIG RESETSTAT, and how long. Not thread-safe. */
public final class CommandStatistics {
  private static final int BUCKETS = 41;
  private static final double PERCENT = 100.0;

  private final long[] buckets = new long[BUCKETS];
  private long calls;
  private long micros;
  private long rejected;
  private long failed;

  void ran(long durationMicros, boolean withError) {
    calls++;
    micros += durationMicros;
    buckets[bucket(durationMicros)]++;
    if (withError) {
      failed++;
    }
  }

  void refused() {
    rejected++;
  }

  void reset() {
    Arrays.fill(buckets, 0);
    calls = 0;
    micros = 0;
    rejected = 0;
    failed = 0;
  }

  /** The least power of two that is not below a duration, as its exponent. */
  private static int bucket(long durationMicros) {
    return durationMicros <= 1
        ? 0
        : Math.min(BUCKETS - 1, Long.SIZE - Long.numberOfLeadingZeros(durationMicros - 1));
  }

  public long calls() {
    return calls;
  }

  /** Time spent in all calls. */
  public long micros() {
    return micros;
  }

  /** Calls that were refused before they ran. */
  public long rejected() {
    return rejected;
  }

  /** Calls that ran and replied with an error. */
  public long failed() {
    return failed;
  }

  /** Number of buckets that {@link #upTo} tells of. */
  public static int buckets() {
    return BUCKETS;
  }

  /** Calls that took no longer than 2^{@code exponent} microseconds. */
  public long upTo(int exponent) {
    long sum = 0;
    for (int i = 0; i <= exponent; i++) {
      sum += buckets[i];
    }
    return sum;
  }

  /** A duration that so many percent of the calls did not exceed, in microseconds. */
  public long percentile(double percent) {
    long wanted = (long) Math.ceil(calls * percent / PERCENT);
    int exponent = 0;
    while (exponent < BUCKETS - 1 && upTo(exponent) < wanted) {
      exponent++;
    }
    return 1L << exponent;
  }
}
