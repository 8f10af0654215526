package io.shardquake.workloads.lettuce;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.shardquake.workloads.cluster.Timer;
import java.util.concurrent.TimeUnit;

/** A hashed wheel timer that is late by five milliseconds at most. */
final class WheelTimer implements Timer, AutoCloseable {
  private static final long TICK_MILLIS = 5;

  private final HashedWheelTimer wheel =
      new HashedWheelTimer(
          new DefaultThreadFactory("shardquake-timer", true), TICK_MILLIS, TimeUnit.MILLISECONDS);

  @Override
  public Scheduled schedule(long delayNanos, Runnable task) {
    Timeout timeout = wheel.newTimeout(expired -> task.run(), delayNanos, TimeUnit.NANOSECONDS);
    return timeout::cancel;
  }

  @Override
  public void close() {
    wheel.stop();
  }
}
