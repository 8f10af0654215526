package io.shardquake.faults.live;

import io.shardquake.faults.nemesis.Scheduler;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Real time, on an executor. Thread-safe. */
public final class LiveScheduler implements Scheduler {
  private static final Logger LOG = LoggerFactory.getLogger(LiveScheduler.class);

  private final ScheduledExecutorService executor;
  private final LongSupplier clock;

  /**
   * @param executor of one thread, as tasks may not run two at once; its owner shuts it down
   * @param clock nanoseconds since the start of the run
   */
  public LiveScheduler(ScheduledExecutorService executor, LongSupplier clock) {
    this.executor = executor;
    this.clock = clock;
  }

  @Override
  public long nowNanos() {
    return clock.getAsLong();
  }

  @Override
  public Handle at(long timeNanos, Runnable task) {
    long delay = Math.max(0, timeNanos - nowNanos());
    ScheduledFuture<?> future =
        executor.schedule(() -> runLogged(task), delay, TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  /** An executor keeps what a task throws to itself; it would be lost. */
  private static void runLogged(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException failure) {
      LOG.error("a task of the nemesis failed", failure);
    }
  }
}
