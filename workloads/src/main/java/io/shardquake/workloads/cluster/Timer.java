package io.shardquake.workloads.cluster;

/** Calls back later. Thread-safe. */
public interface Timer {
  /**
   * Runs a task once, on any thread, after so many nanoseconds, or a little later. The task does
   * not block.
   */
  Scheduled schedule(long delayNanos, Runnable task);

  /** A task that waits for its time. */
  interface Scheduled {
    /** A task that is not there. */
    Scheduled NONE = () -> {};

    /** Does what can be done to keep the task from running; it may be running already. */
    void cancel();
  }
}
