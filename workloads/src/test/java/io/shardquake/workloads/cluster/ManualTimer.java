package io.shardquake.workloads.cluster;

import java.util.Comparator;
import java.util.PriorityQueue;

/** A timer whose time passes when a test says so. */
public final class ManualTimer implements Timer {
  private record Task(long timeNanos, long ordinal, Runnable task) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::timeNanos).thenComparing(Task::ordinal));
  private long nowNanos;
  private long scheduled;

  @Override
  public Scheduled schedule(long delayNanos, Runnable task) {
    Task added = new Task(nowNanos + delayNanos, scheduled++, task);
    tasks.add(added);
    return () -> tasks.remove(added);
  }

  /** Lets time pass, running what is due in order. */
  public void pass(long nanos) {
    long end = nowNanos + nanos;
    while (!tasks.isEmpty() && tasks.element().timeNanos() <= end) {
      Task due = tasks.remove();
      nowNanos = due.timeNanos();
      due.task().run();
    }
    nowNanos = end;
  }

  /** How many tasks wait for their time. */
  public int waiting() {
    return tasks.size();
  }
}
