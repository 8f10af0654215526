package io.shardquake.harness.sim.time;

import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is going to happen, in the order of (time, sequence): what is due at the same
 * time happens in the order in which it was asked for. Time passes only here, from one event to the
 * next. Not thread-safe: a simulation has one thread.
 *
 * <p>A binary heap over parallel arrays: an event costs no object beside itself.
 */
public final class EventQueue {
  private static final int FIRST_CAPACITY = 256;

  private long[] times = new long[FIRST_CAPACITY];
  private long[] sequences = new long[FIRST_CAPACITY];
  private @Nullable Event[] events = new @Nullable Event[FIRST_CAPACITY];
  private int size;
  private long nowNanos;
  private long nextSequence;
  private long happened;

  /** Nanoseconds since the start of the simulation. */
  public long nowNanos() {
    return nowNanos;
  }

  /** How many events have happened. */
  public long happened() {
    return happened;
  }

  /** Lets an event happen at a time, or now if that has passed. */
  public void at(long timeNanos, Event event) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      sequences = Arrays.copyOf(sequences, 2 * size);
      events = Arrays.copyOf(events, 2 * size);
    }
    siftUp(size++, Math.max(timeNanos, nowNanos), nextSequence++, event);
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
    if (size == 0) {
      return false;
    }
    nowNanos = times[0];
    Event event = events[0];
    size--;
    if (size > 0) {
      siftDown(times[size], sequences[size], events[size]);
    }
    events[size] = null;
    happened++;
    if (event != null) {
      event.happen();
    }
    return true;
  }

  private void siftUp(int from, long time, long sequence, Event event) {
    int hole = from;
    while (hole > 0) {
      int parent = (hole - 1) >>> 1;
      if (!isBefore(time, sequence, parent)) {
        break;
      }
      move(parent, hole);
      hole = parent;
    }
    put(hole, time, sequence, event);
  }

  private void siftDown(long time, long sequence, @Nullable Event event) {
    int hole = 0;
    while (true) {
      int child = 2 * hole + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && isBefore(times[child + 1], sequences[child + 1], child)) {
        child++;
      }
      if (isBefore(time, sequence, child)) {
        break;
      }
      move(child, hole);
      hole = child;
    }
    put(hole, time, sequence, event);
  }

  private boolean isBefore(long time, long sequence, int place) {
    return time != times[place] ? time < times[place] : sequence < sequences[place];
  }

  private void move(int from, int to) {
    times[to] = times[from];
    sequences[to] = sequences[from];
    events[to] = events[from];
  }

  private void put(int place, long time, long sequence, @Nullable Event event) {
    times[place] = time;
    sequences[place] = sequence;
    events[place] = event;
  }
}
