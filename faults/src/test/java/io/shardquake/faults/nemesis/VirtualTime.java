package io.shardquake.faults.nemesis;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A scheduler whose time passes only when it is told to. */
public final class VirtualTime implements Scheduler {
  private static final int EVENT_BOUND = 1_000_000;

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(
          Comparator.comparingLong(Task::timeNanos).thenComparingLong(Task::sequence));
  private long now;
  private long sequence;

  private record Task(long timeNanos, long sequence, Runnable action) {}

  @Override
  public long nowNanos() {
    return now;
  }

  @Override
  public Handle at(long timeNanos, Runnable action) {
    Task task = new Task(Math.max(now, timeNanos), sequence++, action);
    tasks.add(task);
    return () -> tasks.remove(task);
  }

  /** Lets all happen that happens until this time, which then is now. */
  public void runUntil(Duration time) {
    for (int events = 0; !tasks.isEmpty() && tasks.peek().timeNanos <= time.toNanos(); events++) {
      if (events > EVENT_BOUND) {
        throw new IllegalStateException("still busy after " + EVENT_BOUND + " events at " + now);
      }
      Task task = tasks.remove();
      now = task.timeNanos;
      task.action.run();
    }
    now = Math.max(now, time.toNanos());
  }

  /** Lets all happen that happens within this time from now. */
  public void run(Duration time) {
    runUntil(Duration.ofNanos(now).plus(time));
  }
}
