package io.shardquake.checkers.linearizability.unique;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.LimitPoll;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchEndedException;
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
  private final LimitPoll poll;
  private final Kind[] kinds;
  private final ValueNumbers numbers;
  private final int[] initial;

  private QueueHistory(ObjectHistory history, Kind[] kinds, List<Value> initial, LimitPoll poll) {
    this.history = history;
    this.poll = poll;
    this.kinds = kinds;
    this.numbers = new ValueNumbers(history);
    this.initial = initial.stream().mapToInt(numbers::of).toArray();
  }

  /**
   * The operations of a history; empty if one of them is none of a queue's, if nil, which stands
   * for no value, was enqueued, or if nobody knows what a dequeue that took place returned.
   *
   * @param poll that this and whatever works on it is to ask
   * @throws SearchEndedException if a limit is met
   */
  static Optional<QueueHistory> of(ObjectHistory history, List<Value> initial, LimitPoll poll) {
    Kind[] kinds = new Kind[history.size()];
    for (int operation = 0; operation < kinds.length; operation++) {
      poll.step();
      Optional<Kind> kind = kindOf(history, operation);
      if (kind.isEmpty()) {
        return Optional.empty();
      }
      kinds[operation] = kind.get();
    }
    return initial.contains(Value.nil())
        ? Optional.empty()
        : Optional.of(new QueueHistory(history, kinds, initial, poll));
  }

  private static Optional<Kind> kindOf(ObjectHistory history, int operation) {
    return switch (history.functionName(history.function(operation))) {
      case "enqueue" ->
          history.value(history.argument(operation)).isNil()
              ? Optional.empty()
              : Optional.of(Kind.ENQUEUE);
      case "dequeue" -> kindOfDequeue(history, operation);
      default -> Optional.empty();
    };
  }

  private static Optional<Kind> kindOfDequeue(ObjectHistory history, int operation) {
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

  /** What to ask in a long loop; throws {@link SearchEndedException} if a limit is met. */
  LimitPoll poll() {
    return poll;
  }

  ObjectHistory history() {
    return history;
  }

  /** Numbers of the values that were queued at first, oldest first. */
  int[] initial() {
    return initial;
  }

  /** One more than the greatest number of a value. */
  int values() {
    return numbers.size();
  }

  Value value(int number) {
    return numbers.value(number);
  }

  Kind kind(int operation) {
    return kinds[operation];
  }

  /** The operations of that kind in order of their calls. */
  int[] operations(Kind kind) {
    return IntStream.range(0, kinds.length).filter(operation -> kinds[operation] == kind).toArray();
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
