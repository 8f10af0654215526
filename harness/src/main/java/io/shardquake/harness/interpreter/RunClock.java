package io.shardquake.harness.interpreter;

import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The one clock of a run: nanoseconds since its start, monotonic, the same for history, topology
 * and faults. Thread-safe.
 */
public final class RunClock implements LongSupplier {
  private final Instant start;
  private final long origin;

  private RunClock(Instant start, long origin) {
    this.start = start;
    this.origin = origin;
  }

  /** A clock that stands at zero now. */
  public static RunClock startNow() {
    return new RunClock(Instant.now(), System.nanoTime());
  }

  /** When the run began, by the machine's calendar; for people, never for measuring. */
  public Instant start() {
    return start;
  }

  @Override
  public long getAsLong() {
    return System.nanoTime() - origin;
  }
}
