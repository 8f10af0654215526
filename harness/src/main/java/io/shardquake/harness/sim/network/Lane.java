package io.shardquake.harness.sim.network;

import io.shardquake.faults.network.Direction;
import io.shardquake.faults.network.Impairment;
import io.shardquake.faults.network.Traffic;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What all connections have in common on which bytes go in one direction. */
final class Lane {
  private static final long NANOS = 1_000_000_000L;

  private final Direction direction;
  private final int factor;
  private final Set<Pipe> pipes = new LinkedHashSet<>();
  private final List<Impairment> imposed = new ArrayList<>();
  private Impairment impairment = Impairment.NONE;
  private long busyUntil;

  long passed;
  long dropped;
  long swallowed;
  long corrupted;
  long delayed;
  long resets;
  long duplicated;
  long lateEnds;

  Lane(Direction direction, int factor) {
    this.direction = direction;
    this.factor = factor;
  }

  Direction direction() {
    return direction;
  }

  /** How many times slower than the best direction this one is. */
  int factor() {
    return factor;
  }

  /** What goes wrong here now. */
  Impairment impairment() {
    return impairment;
  }

  Set<Pipe> pipes() {
    return pipes;
  }

  void impose(Impairment what) {
    imposed.add(what);
    sum();
  }

  void lift(Impairment what) {
    imposed.remove(what);
    sum();
  }

  private void sum() {
    Impairment before = impairment;
    impairment = imposed.stream().reduce(Impairment.NONE, Impairment::and);
    if (impairment.bytesPerSecond() == Long.MAX_VALUE) {
      busyUntil = 0;
    }
    for (Pipe pipe : List.copyOf(pipes)) {
      pipe.impaired(before, impairment);
    }
  }

  /** Sends bytes over a wire that takes one after the other; when the last of them has passed. */
  long carry(long nowNanos, int bytes) {
    long takes = Math.max(1, (long) ((double) bytes * NANOS / impairment.bytesPerSecond()));
    busyUntil = Math.max(busyUntil, nowNanos) + takes;
    return busyUntil;
  }

  Traffic traffic() {
    return new Traffic(
        passed, dropped, swallowed, corrupted, delayed, resets, duplicated, lateEnds);
  }
}
