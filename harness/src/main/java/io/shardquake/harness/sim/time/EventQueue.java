package io.shardquake.harness.sim.time;

import java.util.concurrent.CompletionStage;

/**
 * Everything that is going to happen, in the order of (time, sequence): what is due at the same
 * time happens in the order in which it was asked for. Time passes only here, from one event to the
 * next. Not thread-safe: a simulation has one thread.
 *
 * <p>What is due soon is in a heap. What is due later is put by until then, since most of that is
 * time-outs that will be cancelled.
 */
public final class EventQueue {
  private final EventHeap soon = new EventHeap();
  private final FutureEvents later = new FutureEvents();
  private long nowNanos;
  private long nextSequence;
  private long happened;

  /** Nanoseconds since the start of the simulation. */
  public long nowNanos() {
    return nowNanos;
  }

  /** How many events have happened; those that were cancelled have not. */
  public long happened() {
    return happened;
  }

  /** Lets an event happen at a time, or now if that has passed. */
  public void at(long timeNanos, Event event) {
    long time = Math.max(timeNanos, nowNanos);
    long sequence = nextSequence++;
    if (!later.takes(time, sequence, event)) {
      soon.add(time, sequence, event);
    }
  }

  /** Lets an event happen after some time. */
  public void after(long nanos, Event event) {
    at(nowNanos + nanos, event);
  }

  /** Lets something happen at a time, unless it is cancelled before. */
  public Timeout timeout(long timeNanos, Runnable task) {
    Timeout timeout = new Timeout(task);
    at(timeNanos, timeout);
    return timeout;
  }

  /**
   * Lets something happen as soon as a stage is complete. If it fails the simulation breaks off:
   * whoever expects that handles it before.
   */
  public void follow(CompletionStage<?> stage, Runnable next) {
    CompletionStage<?> unused =
        stage.whenComplete(
            (done, failure) ->
                after(
                    0,
                    () -> {
                      if (failure != null) {
                        throw new IllegalStateException("a step of the simulation", failure);
                      }
                      next.run();
                    }));
  }

  /**
   * Lets the next event happen.
   *
   * @return false if there is none
   */
  public boolean step() {
    while (true) {
      later.handOver(soon.isEmpty() ? Long.MAX_VALUE : soon.firstTime(), soon);
      if (soon.isEmpty()) {
        return false;
      }
      long time = soon.firstTime();
      Event event = soon.removeFirst();
      if (!event.isOff()) {
        nowNanos = time;
        happened++;
        event.happen();
        return true;
      }
    }
  }
}
