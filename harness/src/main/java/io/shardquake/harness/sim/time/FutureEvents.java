package io.shardquake.harness.sim.time;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Events that are not due soon, put by for the millisecond, or so, in which they are: a ring of
 * chains without any order in them. Most are time-outs, and are cancelled before they would cost
 * more than this. Not thread-safe.
 */
final class FutureEvents {
  private static final int FIRST_CAPACITY = 256;
  private static final int NONE = -1;

  /** A period is so many nanoseconds long, as a power of two. */
  private static final int PERIOD_BITS = 20;

  private static final int PERIODS = 4096;

  private final int[] chains = new int[PERIODS];
  private long[] times = new long[FIRST_CAPACITY];
  private long[] sequences = new long[FIRST_CAPACITY];
  private @Nullable Event[] events = new @Nullable Event[FIRST_CAPACITY];
  private int[] next = new int[FIRST_CAPACITY];
  private int used;
  private int free = NONE;
  private int count;

  /** All periods up to this one have been handed over. */
  private long current;

  FutureEvents() {
    Arrays.fill(chains, NONE);
  }

  /** Takes an event in, unless it is due too soon, or so late that the ring does not reach it. */
  boolean takes(long time, long sequence, Event event) {
    long ahead = (time >>> PERIOD_BITS) - current;
    if (ahead <= 0 || ahead >= PERIODS) {
      return false;
    }
    int place = place();
    int chain = chainOf(time >>> PERIOD_BITS);
    times[place] = time;
    sequences[place] = sequence;
    events[place] = event;
    next[place] = chains[chain];
    chains[chain] = place;
    count++;
    return true;
  }

  private int place() {
    if (free != NONE) {
      int place = free;
      free = next[place];
      return place;
    }
    if (used == next.length) {
      times = Arrays.copyOf(times, 2 * used);
      sequences = Arrays.copyOf(sequences, 2 * used);
      events = Arrays.copyOf(events, 2 * used);
      next = Arrays.copyOf(next, 2 * used);
    }
    return used++;
  }

  private static int chainOf(long period) {
    return (int) (period & (PERIODS - 1));
  }

  /**
   * Hands over what may be due before, or together with, what is due first elsewhere: all of the
   * next period in which there is something, unless that is a later one.
   *
   * @param soonest when that is; {@link Long#MAX_VALUE} if there is nothing elsewhere
   */
  void handOver(long soonest, EventHeap to) {
    long last = soonest >>> PERIOD_BITS;
    boolean found = false;
    while (!found && count > 0 && current < last) {
      current++;
      found = empty(chainOf(current), to);
    }
    if (count == 0 && soonest != Long.MAX_VALUE) {
      current = Math.max(current, last);
    }
  }

  private boolean empty(int chain, EventHeap to) {
    boolean found = false;
    int place = chains[chain];
    chains[chain] = NONE;
    while (place != NONE) {
      Event event = events[place];
      if (event != null && !event.isOff()) {
        to.add(times[place], sequences[place], event);
        found = true;
      }
      events[place] = null;
      int following = next[place];
      next[place] = free;
      free = place;
      count--;
      place = following;
    }
    return found;
  }
}
