package io.shardquake.faults.nemesis;

/**
 * Time, as the nemesis knows it, and its only thread: tasks run one after the other, never two at
 * once, in the order of their times and, for equal times, in the order in which they were given. A
 * simulator implements it with virtual time.
 */
public interface Scheduler {
  /** Nanoseconds since the start of the run, on the history's clock; never goes back. */
  long nowNanos();

  /**
   * Runs the task once, at this time or as soon as possible after it, and never inside this call.
   * May be called from any thread.
   */
  Handle at(long timeNanos, Runnable task);

  /** Runs the task as soon as possible, after those that are due already. */
  default Handle soon(Runnable task) {
    return at(nowNanos(), task);
  }

  /** A task that was given to a scheduler. */
  interface Handle {
    /** Keeps the task from running, if it has not begun. */
    void cancel();
  }
}
