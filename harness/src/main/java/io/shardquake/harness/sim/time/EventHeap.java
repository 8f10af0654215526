package io.shardquake.harness.sim.time;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Events in the order of (time, sequence): a heap in which each item has four children, over
 * parallel arrays, so that an event costs no object beside itself. Not thread-safe.
 */
final class EventHeap {
  private static final int CHILDREN = 4;
  private static final int FIRST_CAPACITY = 256;

  /** Time and sequence of each item, side by side. */
  private long[] keys = new long[2 * FIRST_CAPACITY];

  private @Nullable Event[] events = new @Nullable Event[FIRST_CAPACITY];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  /** When the first event is due; not to be asked of an empty heap. */
  long firstTime() {
    return keys[0];
  }

  void add(long time, long sequence, Event event) {
    if (size == events.length) {
      keys = Arrays.copyOf(keys, 4 * size);
      events = Arrays.copyOf(events, 2 * size);
    }
    int hole = size++;
    while (hole > 0) {
      int parent = (hole - 1) / CHILDREN;
      if (!isBefore(time, sequence, parent)) {
        break;
      }
      move(parent, hole);
      hole = parent;
    }
    put(hole, time, sequence, event);
  }

  /** Takes the first event out; not to be asked of an empty heap. */
  Event removeFirst() {
    Event first = at(0);
    size--;
    if (size > 0) {
      siftDown(keys[2 * size], keys[2 * size + 1], at(size));
    }
    events[size] = null;
    return first;
  }

  private Event at(int place) {
    Event event = events[place];
    if (event == null) {
      throw new IllegalStateException("no event at " + place + " of " + size);
    }
    return event;
  }

  private void siftDown(long time, long sequence, Event event) {
    int hole = 0;
    while (true) {
      int child = CHILDREN * hole + 1;
      if (child >= size) {
        break;
      }
      int least = child;
      for (int end = Math.min(child + CHILDREN, size); ++child < end; ) {
        if (isBefore(keys[2 * child], keys[2 * child + 1], least)) {
          least = child;
        }
      }
      if (isBefore(time, sequence, least)) {
        break;
      }
      move(least, hole);
      hole = least;
    }
    put(hole, time, sequence, event);
  }

  private boolean isBefore(long time, long sequence, int place) {
    long other = keys[2 * place];
    return time != other ? time < other : sequence < keys[2 * place + 1];
  }

  private void move(int from, int to) {
    keys[2 * to] = keys[2 * from];
    keys[2 * to + 1] = keys[2 * from + 1];
    events[to] = events[from];
  }

  private void put(int place, long time, long sequence, Event event) {
    keys[2 * place] = time;
    keys[2 * place + 1] = sequence;
    events[place] = event;
  }
}
