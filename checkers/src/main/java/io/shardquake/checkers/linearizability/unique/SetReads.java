package io.shardquake.checkers.linearizability.unique;

import static io.shardquake.checkers.linearizability.unique.Accesses.NONE;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.LimitPoll;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchEndedException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What reads of a set saw: for each distinct result the elements in it, as numbers. */
final class SetReads {
  private static final int[] NOT_READ = {};

  private final ObjectHistory history;
  private final LimitPoll poll;
  private final ValueNumbers numbers;
  private final int[] initial;
  private final int[][] elements;
  private final int[] reader;

  private SetReads(ObjectHistory history, List<Value> initialElements, LimitPoll poll) {
    this.history = history;
    this.poll = poll;
    this.numbers = new ValueNumbers(history);
    this.initial = numbered(initialElements);
    this.elements = new int[history.values()][];
    this.reader = new int[history.values()];
    Arrays.fill(elements, NOT_READ);
    Arrays.fill(reader, NONE);
  }

  /**
   * What the reads of a history saw; empty if one of its operations is none of a set's.
   *
   * @param poll that this and whatever works on it is to ask
   * @throws SearchEndedException if a limit is met
   */
  static Optional<SetReads> of(ObjectHistory history, List<Value> initial, LimitPoll poll) {
    SetReads reads = new SetReads(history, initial, poll);
    for (int operation = 0; operation < history.size(); operation++) {
      poll.step();
      boolean known =
          switch (history.functionName(history.function(operation))) {
            case "add" -> true;
            case "read" -> !reads.isRead(operation) || reads.add(operation);
            default -> false;
          };
      if (!known) {
        return Optional.empty();
      }
    }
    return Optional.of(reads);
  }

  private boolean add(int operation) {
    int result = history.result(operation);
    if (reader[result] != NONE) {
      return true;
    }
    reader[result] = operation;
    Value seen = history.value(result);
    if (seen instanceof Value.Sequence sequence) {
      elements[result] = numbered(sequence.items());
      return true;
    }
    return seen.isNil();
  }

  private int[] numbered(List<Value> values) {
    int[] numbered = new int[values.size()];
    int count = 0;
    for (Value value : values) {
      poll.step();
      numbered[count++] = numbers.of(value);
    }
    poll.hold(4L * count);
    return IntStream.of(numbered).sorted().distinct().toArray();
  }

  /** What to ask in a long loop; throws {@link SearchEndedException} if a limit is met. */
  LimitPoll poll() {
    return poll;
  }

  ObjectHistory history() {
    return history;
  }

  /** Whether it is a read whose result is known. */
  boolean isRead(int operation) {
    return history.functionName(history.function(operation)).equals("read")
        && history.returned(operation) != ObjectHistory.NEVER
        && history.result(operation) != ObjectHistory.UNKNOWN;
  }

  /** Whether it adds an element; it may have. */
  boolean isAdd(int operation) {
    return history.functionName(history.function(operation)).equals("add");
  }

  /** Numbers of the results that reads returned. */
  int[] results() {
    int[] results = new int[reader.length];
    int count = 0;
    for (int result = 0; result < reader.length; result++) {
      if (reader[result] != NONE) {
        results[count++] = result;
      }
    }
    return Arrays.copyOf(results, count);
  }

  /** The distinct elements of a result, ascending. */
  int[] elements(int result) {
    return elements[result];
  }

  /** The first read that returned the result. */
  int reader(int result) {
    return reader[result];
  }

  /** The distinct elements that were there at first, ascending. */
  int[] initial() {
    return initial;
  }

  /** How many values have a number. */
  int values() {
    return numbers.size();
  }

  Value value(int number) {
    return numbers.value(number);
  }
}
