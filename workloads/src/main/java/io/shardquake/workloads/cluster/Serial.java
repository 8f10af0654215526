package io.shardquake.workloads.cluster;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time in the order in which they come, on the thread that brings the first of
 * them while none runs. It never blocks: a task that comes meanwhile, be it from another thread or
 * from within a task, is left to the thread that is running one.
 *
 * <p>A lock would not do: tasks call into a transport, which has locks of its own and calls back
 * while it holds them, so that two threads could wait for each other.
 */
final class Serial {
  private static final Logger LOG = LoggerFactory.getLogger(Serial.class);

  private final AtomicInteger unfinished = new AtomicInteger();
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  void run(Runnable task) {
    if (unfinished.compareAndSet(0, 1)) {
      runLogged(task);
      if (unfinished.decrementAndGet() == 0) {
        return;
      }
    } else {
      waiting.add(task);
      if (unfinished.getAndIncrement() != 0) {
        return;
      }
    }
    do {
      runLogged(waiting.remove());
    } while (unfinished.decrementAndGet() != 0);
  }

  private static void runLogged(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("A client's step failed; this is a defect in Shardquake", e);
    }
  }
}
