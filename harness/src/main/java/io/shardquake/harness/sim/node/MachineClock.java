package io.shardquake.harness.sim.node;

import io.shardquake.harness.sim.time.EventQueue;

/** What a machine takes for the time: it drifts, and may be set. */
final class MachineClock {
  /** When simulations begin, by their machines' calendars: 14 November 2023. */
  private static final long BEGINNING_MICROS = 1_700_000_000_000_000L;

  private static final int MILLION = 1_000_000;

  private final EventQueue queue;
  private final int driftMillionths;
  private long offsetMicros;

  /**
   * @param driftMillionths by how much it is too fast
   */
  MachineClock(EventQueue queue, int driftMillionths) {
    this.queue = queue;
    this.driftMillionths = driftMillionths;
  }

  long unixMicros() {
    long elapsed = queue.nowNanos() / 1000;
    return BEGINNING_MICROS + offsetMicros + elapsed + elapsed / MILLION * driftMillionths;
  }

  /** Sets it forward, or back. */
  void jump(long micros) {
    offsetMicros += micros;
  }
}
