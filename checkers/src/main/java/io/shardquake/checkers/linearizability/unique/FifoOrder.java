package io.shardquake.checkers.linearizability.unique;

import static io.shardquake.checkers.linearizability.unique.Accesses.NONE;

import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.unique.QueueHistory.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * First in, first out. Two items contradict each other if one was certainly enqueued before the
 * other and certainly dequeued after it; an item that stays in the queue counts as dequeued after
 * all, unless a dequeue of unknown outcome may have removed it in time.
 */
final class FifoOrder {
  private final QueueItems items;
  private final ObjectHistory history;
  private final int[] mayDequeue;

  /** For each item the one that was dequeued first among it and all whose enqueue came later. */
  private final int[] firstDequeuedFrom;

  FifoOrder(QueueItems items) {
    this.items = items;
    this.history = items.queue().history();
    this.mayDequeue = items.queue().operations(Kind.MAY_DEQUEUE);
    this.firstDequeuedFrom = new int[items.size() + 1];
    firstDequeuedFrom[items.size()] = NONE;
    for (int item = items.size() - 1; item >= 0; item--) {
      items.queue().poll().step();
      int later = firstDequeuedFrom[item + 1];
      boolean sooner = later == NONE || items.dequeued(item) < items.dequeued(later);
      firstDequeuedFrom[item] = items.isDequeued(item) && sooner ? item : later;
    }
  }

  /** Items out of order, if there are such. */
  Optional<Contradiction> conflict() {
    Sweep sweep = new Sweep(itemsByEnqueued());
    for (int item = 0; item < items.size(); item++) {
      items.queue().poll().step();
      Optional<Contradiction> conflict = sweep.advanceTo(item);
      if (conflict.isPresent()) {
        return conflict;
      }
    }
    return Optional.empty();
  }

  /** Items in the order of the ranks before which their enqueues took effect. */
  private int[] itemsByEnqueued() {
    int[] itemAt = new int[history.events()];
    int[] ordered = new int[items.size()];
    int count = 0;
    for (int item = 0; item < items.size(); item++) {
      items.queue().poll().step();
      int rank = items.enqueued(item);
      if (rank < 0) {
        ordered[count++] = item;
      } else {
        itemAt[rank] = item + 1;
      }
    }
    for (int entry : itemAt) {
      if (entry != 0) {
        ordered[count++] = entry - 1;
      }
    }
    return ordered;
  }

  /** Goes through the enqueues in the order of their calls. */
  private final class Sweep {
    private final int[] ordered;
    private int passed;
    private int lastDequeued = NONE;
    private final List<Integer> overtaken = new ArrayList<>();

    Sweep(int[] ordered) {
      this.ordered = ordered;
    }

    Optional<Contradiction> advanceTo(int item) {
      while (passed < ordered.length && items.enqueued(ordered[passed]) < items.enqueueCall(item)) {
        int before = ordered[passed++];
        int overtaker = firstDequeuedFrom[item];
        if (items.isDequeued(before)) {
          if (lastDequeued == NONE || items.dequeueCall(before) > items.dequeueCall(lastDequeued)) {
            lastDequeued = before;
          }
        } else if (overtaker != NONE && !removable(before, items.dequeued(overtaker))) {
          return Optional.of(stays(overtaker));
        }
      }
      return lastDequeued != NONE && items.dequeued(item) < items.dequeueCall(lastDequeued)
          ? Optional.of(overtakes(lastDequeued, item))
          : Optional.empty();
    }

    /** Deadlines never sink from one item to the next, so that the earliest dequeues come first. */
    private boolean removable(int item, int deadline) {
      overtaken.add(items.enqueue(item));
      int needed = overtaken.size();
      return mayDequeue.length >= needed && history.call(mayDequeue[needed - 1]) < deadline;
    }

    private Contradiction stays(int overtaker) {
      List<Integer> witness = new ArrayList<>(overtaken);
      int last = ordered[passed - 1];
      witness.add(items.enqueue(overtaker));
      witness.add(items.dequeue(overtaker));
      for (int removal = 0; removal < overtaken.size() - 1; removal++) {
        witness.add(mayDequeue[removal]);
      }
      return Contradiction.of(
          "%s took out its value while %s still stood before it%s"
              .formatted(
                  history.named(items.dequeue(overtaker)),
                  items.origin(last),
                  overtaken.size() == 1 ? "" : removals()),
          witness);
    }

    private String removals() {
      return ": of %d values that had to be removed before, dequeues of unknown outcome can account for %d"
          .formatted(overtaken.size(), overtaken.size() - 1);
    }
  }

  private Contradiction overtakes(int earlier, int later) {
    return Contradiction.of(
        "%s took out its value before %s was called, though %s was in the queue before %s was called"
            .formatted(
                history.named(items.dequeue(later)),
                history.named(items.dequeue(earlier)),
                items.origin(earlier),
                items.origin(later)),
        items.enqueue(earlier),
        items.enqueue(later),
        items.dequeue(earlier),
        items.dequeue(later));
  }
}
