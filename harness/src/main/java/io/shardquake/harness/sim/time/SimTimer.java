package io.shardquake.harness.sim.time;

import io.shardquake.workloads.cluster.Timer;

/** Virtual time, as clients know it. */
public final class SimTimer implements Timer {
  private final EventQueue queue;

  public SimTimer(EventQueue queue) {
    this.queue = queue;
  }

  @Override
  public Scheduled schedule(long delayNanos, Runnable task) {
    return queue.timeout(queue.nowNanos() + delayNanos, task)::cancel;
  }
}
