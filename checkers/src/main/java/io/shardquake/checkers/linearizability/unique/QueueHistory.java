package io.shardquake.checkers.linearizability.unique;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The operations on a queue by what they did: enqueues, dequeues of a value, dequeues that found
 * nothing, and dequeues of unknown outcome, which may have removed any value or none.
 */
final class QueueHistory {
  /** What an operation did. */
  enum Kind {
    ENQUEUE,
    DEQUEUE,
    FOUND_EMPTY,
    MAY_DEQUEUE
  }

  private final ObjectHistory history;
  private final List<Value> initial;
  private final Kind[] kinds;

  private QueueHistory(ObjectHistory history, List<Value> initial) {
    this.history = history;
    this.initial = initial;
    this.kinds = new Kind[history.size()];
  }

  /**
   * The operations of a history; empty if one of them is none of a queue's, if nil, which stands
   * for no value, was enqueued, or if nobody knows what a dequeue that took place returned.
   */
  static Optional<QueueHistory> of(ObjectHistory history, List<Value> initial) {
    QueueHistory queue = new QueueHistory(history, initial);
    if (initial.contains(Value.nil())) {
      return Optional.empty();
    }
    for (int operation = 0; operation < history.size(); operation++) {
      Optional<Kind> kind = queue.kindOf(operation);
      if (kind.isEmpty()) {
        return Optional.empty();
      }
      queue.kinds[operation] = kind.get();
    }
    return Optional.of(queue);
  }

  private Optional<Kind> kindOf(int operation) {
    return switch (history.functionName(history.function(operation))) {
      case "enqueue" ->
          history.value(history.argument(operation)).isNil()
              ? Optional.empty()
              : Optional.of(Kind.ENQUEUE);
      case "dequeue" -> kindOfDequeue(operation);
      default -> Optional.empty();
    };
  }

  private Optional<Kind> kindOfDequeue(int operation) {
    boolean known = history.result(operation) != ObjectHistory.UNKNOWN;
    if (known == (history.returned(operation) == ObjectHistory.NEVER)) {
      return Optional.empty();
    }
    if (!known) {
      return Optional.of(Kind.MAY_DEQUEUE);
    }
    return Optional.of(
        history.value(history.result(operation)).isNil() ? Kind.FOUND_EMPTY : Kind.DEQUEUE);
  }

  ObjectHistory history() {
    return history;
  }

  /** What was queued at first, oldest first. */
  List<Value> initial() {
    return initial;
  }

  Kind kind(int operation) {
    return kinds[operation];
  }

  /** Ranks of the calls of all operations of that kind, ascending. */
  int[] calls(Kind kind) {
    return IntStream.range(0, kinds.length)
        .filter(operation -> kinds[operation] == kind)
        .map(history::call)
        .toArray();
  }

  /** Whether there is an operation of that kind. */
  boolean has(Kind kind) {
    for (Kind one : kinds) {
      if (one == kind) {
        return true;
      }
    }
    return false;
  }
}
