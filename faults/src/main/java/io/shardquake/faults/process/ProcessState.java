package io.shardquake.faults.process;

/** What the operating system says that a process is doing. */
public enum ProcessState {
  /** It runs, or waits for something. */
  RUNNING,
  /** It was stopped by a signal and waits to be continued. */
  STOPPED,
  /** It is gone, or has ended and only waits to be collected by its parent. */
  DEAD
}
