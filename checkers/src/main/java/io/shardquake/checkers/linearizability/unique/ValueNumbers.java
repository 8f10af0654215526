package io.shardquake.checkers.linearizability.unique;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers for values: those of an {@link ObjectHistory}, and from there on those of values that are
 * only parts of its values, such as the new value of a compare-and-set that nobody read.
 */
final class ValueNumbers {
  private final ObjectHistory history;
  private final List<Value> further = new ArrayList<>();
  private final Map<Value, Integer> numbers = new HashMap<>();

  ValueNumbers(ObjectHistory history) {
    this.history = history;
  }

  /** The number of a value, new if the value had none. */
  int of(Value value) {
    int number = history.numberOf(value);
    if (number != ObjectHistory.UNKNOWN) {
      return number;
    }
    Integer next = size();
    Integer before = numbers.putIfAbsent(value, next);
    if (before == null) {
      further.add(value);
      return next;
    }
    return before;
  }

  /** The value of a number. */
  Value value(int number) {
    int listed = history.values();
    return number < listed ? history.value(number) : further.get(number - listed);
  }

  /** One more than the greatest number. */
  int size() {
    return history.values() + further.size();
  }
}
