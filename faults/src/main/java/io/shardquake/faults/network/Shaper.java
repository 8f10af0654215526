package io.shardquake.faults.network;

import java.util.random.RandomGenerator;

/**
 * Decides when the bytes of one connection in one direction may go on: later by the delay, not
 * faster than the bandwidth, and never before those that came earlier. Not thread-safe.
 */
final class Shaper {
  /** A wire that is slow lets a little through all the time, not much now and then. */
  private static final int SLICES_PER_SECOND = 50;

  private final Lane lane;
  private final RandomGenerator random;
  private long last = Long.MIN_VALUE;

  Shaper(Lane lane, RandomGenerator random) {
    this.lane = lane;
    this.random = random;
  }

  /** When a slice may go on that has arrived now. */
  long release(long nowNanos, int bytes, Impairment impairment) {
    long jitter = impairment.jitter().toNanos();
    long offset = jitter == 0 ? 0 : random.nextLong(-jitter, jitter + 1);
    long time = nowNanos + impairment.delay().toNanos() + offset;
    if (impairment.bytesPerSecond() != Long.MAX_VALUE) {
      time = Math.max(time, lane.send(nowNanos, bytes, impairment.bytesPerSecond()));
    }
    last = Math.max(last, time);
    return last;
  }

  /** The most bytes that may go on at once. */
  static int slice(Impairment impairment) {
    return (int)
        Math.min(Integer.MAX_VALUE, Math.max(1, impairment.bytesPerSecond() / SLICES_PER_SECOND));
  }
}
