package io.shardquake.harness.sim.time;

import io.shardquake.faults.nemesis.Scheduler;

/** Virtual time, as the nemesis knows it. */
public final class SimScheduler implements Scheduler {
  private final EventQueue queue;

  public SimScheduler(EventQueue queue) {
    this.queue = queue;
  }

  @Override
  public long nowNanos() {
    return queue.nowNanos();
  }

  @Override
  public Handle at(long timeNanos, Runnable task) {
    return queue.timeout(timeNanos, task)::cancel;
  }
}
