package io.shardquake.checkers.linearizability.unique;

import static io.shardquake.checkers.linearizability.unique.Accesses.NONE;

import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.unique.QueueHistory.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A dequeue that found nothing needs an instant between its call and its return at which the queue
 * may have been empty: no item that was dequeued was certainly in it, and of the items that nobody
 * is known to have removed no more than dequeues of unknown outcome had been called.
 *
 * <p>Instants are the gaps between events: gap {@code g} lies between the events of rank {@code g}
 * and {@code g + 1}.
 */
final class Emptiness {
  private final QueueItems items;
  private final QueueHistory queue;
  private final ObjectHistory history;

  /** The dequeues of unknown outcome. */
  private final int[] removals;

  /** By rank: the item that is certainly in the queue from there on, plus 1. */
  private final int[] entering;

  /** By rank: whether an item that was certainly in the queue may be out from there on. */
  private final boolean[] leaving;

  /** By rank: whether a dequeue of unknown outcome was called. */
  private final boolean[] mayDequeue;

  private Emptiness(QueueItems items) {
    this.items = items;
    this.queue = items.queue();
    this.history = queue.history();
    this.entering = new int[history.events()];
    this.leaving = new boolean[history.events()];
    this.mayDequeue = new boolean[history.events()];
    this.removals = queue.operations(Kind.MAY_DEQUEUE);
    for (int item = 0; item < items.size(); item++) {
      queue.poll().step();
      if (items.enqueued(item) < items.dequeueCall(item)) {
        if (items.enqueued(item) >= 0) {
          entering[items.enqueued(item)] = item + 1;
        }
        if (items.isDequeued(item)) {
          leaving[items.dequeueCall(item)] = true;
        }
      }
    }
    for (int operation : removals) {
      mayDequeue[history.call(operation)] = true;
    }
  }

  /** A dequeue that found nothing though there always was something, if there is such. */
  static Optional<Contradiction> conflict(QueueItems items) {
    return items.queue().has(Kind.FOUND_EMPTY) ? new Emptiness(items).conflict() : Optional.empty();
  }

  private Optional<Contradiction> conflict() {
    int[] foundEmpty = foundEmptyByReturn();
    Contents contents = new Contents();
    int lastEmpty = contents.mayBeEmpty() ? -1 : -2;
    for (int rank = 0; rank < history.events(); rank++) {
      queue.poll().step();
      int operation = foundEmpty[rank] - 1;
      if (operation != NONE && lastEmpty < history.call(operation)) {
        return Optional.of(neverEmpty(operation));
      }
      contents.pass(rank);
      if (contents.mayBeEmpty()) {
        lastEmpty = rank;
      }
    }
    return Optional.empty();
  }

  private int[] foundEmptyByReturn() {
    int[] operations = new int[history.events()];
    for (int operation = 0; operation < history.size(); operation++) {
      queue.poll().step();
      if (queue.kind(operation) == Kind.FOUND_EMPTY) {
        operations[history.returned(operation)] = operation + 1;
      }
    }
    return operations;
  }

  /** What is certainly in the queue, event by event. */
  private final class Contents {
    private int toBeDequeued;
    private int mayBeDequeued;
    private final List<Integer> staying = new ArrayList<>();
    private int lastToLeave = NONE;

    Contents() {
      for (int item = 0; item < items.size() && items.enqueued(item) < 0; item++) {
        enter(item);
      }
    }

    void pass(int rank) {
      if (entering[rank] != 0) {
        enter(entering[rank] - 1);
      }
      toBeDequeued -= leaving[rank] ? 1 : 0;
      mayBeDequeued += mayDequeue[rank] ? 1 : 0;
    }

    private void enter(int item) {
      if (!items.isDequeued(item)) {
        staying.add(item);
        return;
      }
      toBeDequeued++;
      if (lastToLeave == NONE || items.dequeueCall(item) > items.dequeueCall(lastToLeave)) {
        lastToLeave = item;
      }
    }

    boolean mayBeEmpty() {
      return toBeDequeued == 0 && staying.size() <= mayBeDequeued;
    }
  }

  private Contradiction neverEmpty(int operation) {
    List<Integer> witness = new ArrayList<>(List.of(operation));
    int end = history.returned(operation);
    int until = history.call(operation);
    Contents contents = new Contents();
    for (int rank = 0; rank < end; rank++) {
      queue.poll().step();
      contents.pass(rank);
      if (rank < until) {
        continue;
      }
      int item = contents.lastToLeave;
      if (item != NONE && items.dequeueCall(item) > rank) {
        witness.add(items.enqueue(item));
        witness.add(items.dequeue(item));
        until = items.dequeueCall(item);
      } else {
        for (int removed = 0; removed < contents.mayBeDequeued; removed++) {
          witness.add(removals[removed]);
        }
        for (int staying : contents.staying.subList(0, contents.mayBeDequeued + 1)) {
          witness.add(items.enqueue(staying));
        }
        until = nextMayDequeue(rank + 1, end);
      }
    }
    return Contradiction.of(
        "%s found nothing, but something was in the queue from its call to its return"
            .formatted(history.named(operation)),
        witness);
  }

  private int nextMayDequeue(int from, int end) {
    int rank = from;
    while (rank < end && !mayDequeue[rank]) {
      rank++;
    }
    return rank;
  }
}
