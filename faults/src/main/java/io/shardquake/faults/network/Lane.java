package io.shardquake.faults.network;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What all connections of one direction share: what was counted, and the bandwidth. Thread-safe.
 */
final class Lane {
  private static final long NANOS = 1_000_000_000L;

  final Direction direction;
  final LongAdder passed = new LongAdder();
  final LongAdder dropped = new LongAdder();
  final LongAdder swallowed = new LongAdder();
  final LongAdder corrupted = new LongAdder();
  final LongAdder delayed = new LongAdder();
  final LongAdder resets = new LongAdder();
  final LongAdder duplicated = new LongAdder();
  final LongAdder lateEnds = new LongAdder();

  /** Until when the wire is busy with what has been sent. */
  private final AtomicLong busyUntil = new AtomicLong(Long.MIN_VALUE);

  Lane(Direction direction) {
    this.direction = direction;
  }

  /**
   * Sends bytes over a wire that takes one after the other.
   *
   * @return when the last of them has passed
   */
  long send(long nowNanos, int bytes, long bytesPerSecond) {
    long takes = Math.max(1, (long) ((double) bytes * NANOS / bytesPerSecond));
    return busyUntil.updateAndGet(busy -> Math.max(busy, nowNanos) + takes);
  }

  Traffic traffic() {
    return new Traffic(
        passed.sum(),
        dropped.sum(),
        swallowed.sum(),
        corrupted.sum(),
        delayed.sum(),
        resets.sum(),
        duplicated.sum(),
        lateEnds.sum());
  }
}
