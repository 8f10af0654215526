package io.shardquake.checkers.linearizability.unique;

import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.unique.QueueHistory.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts, value by value, the enqueues that were called against the dequeues that returned. */
final class Balances {
  private final QueueHistory queue;
  private final ObjectHistory history;
  private final int[] balance;

  Balances(QueueHistory queue) {
    this.queue = queue;
    this.history = queue.history();
    this.balance = new int[queue.values()];
    for (int value : queue.initial()) {
      balance[value]++;
    }
  }

  /** The first dequeue that returned a value before enough of it had been put in. */
  Optional<Contradiction> overdrawn() {
    int[] dequeueByReturn = new int[history.events()];
    for (int operation = 0; operation < history.size(); operation++) {
      queue.poll().step();
      if (queue.kind(operation) == Kind.DEQUEUE) {
        dequeueByReturn[history.returned(operation)] = operation + 1;
      }
    }
    int called = 0;
    for (int rank = 0; rank < dequeueByReturn.length; rank++) {
      queue.poll().step();
      if (called < history.size() && history.call(called) == rank) {
        if (queue.kind(called) == Kind.ENQUEUE) {
          balance[history.argument(called)]++;
        }
        called++;
      } else if (dequeueByReturn[rank] != 0) {
        int dequeue = dequeueByReturn[rank] - 1;
        if (--balance[history.result(dequeue)] < 0) {
          return Optional.of(contradiction(dequeue));
        }
      }
    }
    return Optional.empty();
  }

  private Contradiction contradiction(int last) {
    int value = history.result(last);
    int end = history.returned(last);
    List<Integer> witness = new ArrayList<>();
    int dequeues = 0;
    for (int operation = 0; operation < history.size(); operation++) {
      queue.poll().step();
      if (queue.kind(operation) == Kind.DEQUEUE
          && history.result(operation) == value
          && history.returned(operation) <= end) {
        witness.add(operation);
        dequeues++;
      } else if (queue.kind(operation) == Kind.ENQUEUE
          && history.argument(operation) == value
          && history.call(operation) < end) {
        witness.add(operation);
      }
    }
    int available = dequeues - 1;
    return Contradiction.of(
        available == 0
            ? "%s returned a value before any enqueue of it was called"
                .formatted(history.named(last))
            : "%s was dequeue number %d of a value that was there %d times by then"
                .formatted(history.named(last), dequeues, available),
        witness);
  }
}
