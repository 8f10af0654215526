package io.shardquake.harness.interpreter;

import io.shardquake.workloads.client.Outcome;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes on their way from clients' threads to the loop: any number of threads put, one takes,
 * and always takes all there is. A linked stack that is swapped out whole and turned around, so
 * that a burst costs the loop one atomic instruction; a sleeping loop is woken once a burst.
 */
final class CompletionQueue {
  /** An outcome and the request that it belongs to. */
  static final class Entry {
    final int slot;
    final long ticket;
    final Outcome outcome;
    @Nullable Entry next;

    private Entry(int slot, long ticket, Outcome outcome) {
      this.slot = slot;
      this.ticket = ticket;
      this.outcome = outcome;
    }
  }

  private final AtomicReference<@Nullable Entry> newest = new AtomicReference<>();
  private final AtomicReference<@Nullable Thread> sleeper = new AtomicReference<>();
  private volatile boolean nudged;

  /** Adds an outcome and wakes the loop if it sleeps. Any thread; never blocks. */
  void put(int slot, long ticket, Outcome outcome) {
    Entry entry = new Entry(slot, ticket, outcome);
    Entry head;
    do {
      head = newest.get();
      entry.next = head;
    } while (!newest.compareAndSet(head, entry));
    unparkSleeper();
  }

  /** Ends a sleep that is under way, or the next one. Any thread. */
  void wake() {
    nudged = true;
    unparkSleeper();
  }

  private void unparkSleeper() {
    if (sleeper.get() != null) {
      Thread thread = sleeper.getAndSet(null);
      if (thread != null) {
        LockSupport.unpark(thread);
      }
    }
  }

  boolean isEmpty() {
    return newest.get() == null;
  }

  /**
   * Takes everything, oldest first, linked through {@link Entry#next}; null if there is nothing.
   */
  @Nullable Entry takeAll() {
    Entry entry = newest.getAndSet(null);
    Entry oldest = null;
    while (entry != null) {
      Entry older = entry.next;
      entry.next = oldest;
      oldest = entry;
      entry = older;
    }
    return oldest;
  }

  /**
   * Sleeps until something was put, {@link #wake} was called or the time is over; may wake early.
   */
  void await(long nanos) {
    sleeper.set(Thread.currentThread());
    // Who puts or nudges looks for a sleeper afterwards: either they see us, or we see theirs.
    if (isEmpty() && !nudged) {
      LockSupport.parkNanos(this, nanos);
    }
    sleeper.set(null);
    nudged = false;
  }
}
