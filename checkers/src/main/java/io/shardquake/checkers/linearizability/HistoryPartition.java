package io.shardquake.checkers.linearizability;

import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A history cut into its objects, which can be judged apart: a history is linearizable if and only
 * if it is for each object (Herlihy and Wing, Linearizability, 1990, theorem 1).
 */
final class HistoryPartition {
  /** One object. */
  static final class Part {
    private final Value key;
    private final int[] rows;

    private Part(Value key, IntStream rows) {
      this.key = key;
      this.rows = rows.toArray();
    }

    /** Which object. */
    Value key() {
      return key;
    }

    /** Number of its operations, those that failed among them. */
    int size() {
      return rows.length;
    }
  }

  private final History history;
  private final boolean tuples;
  private final NilReads nilReads;
  private final List<Part> parts;

  /**
   * @param tuples whether an operation without key carries {@code [key value]}
   * @throws IllegalArgumentException if one then carries something else
   */
  HistoryPartition(History history, boolean tuples, NilReads nilReads) {
    this.history = history;
    this.tuples = tuples;
    this.nilReads = nilReads;
    this.parts = tuples ? byTuple() : byKey();
  }

  /** The objects in the order in which they first occur. */
  List<Part> parts() {
    return parts;
  }

  private List<Part> byKey() {
    return IntStream.range(0, history.keyCount())
        .mapToObj(key -> new Part(history.keyValue(key), history.rowsOfKey(key).stream()))
        .toList();
  }

  private List<Part> byTuple() {
    Map<Value, List<Integer>> rows = new LinkedHashMap<>();
    for (int row = 0; row < history.size(); row++) {
      rows.computeIfAbsent(keyOf(row), key -> new ArrayList<>()).add(row);
    }
    List<Part> found = new ArrayList<>();
    rows.forEach((key, of) -> found.add(new Part(key, of.stream().mapToInt(r -> r))));
    return found;
  }

  private Value keyOf(int row) {
    Value key = history.keyValue(history.key(row));
    return key.isNil() ? tuple(row, history.argument(row)).items().get(0) : key;
  }

  private Value.Sequence tuple(int row, Value value) {
    if (value instanceof Value.Sequence pair && pair.items().size() == 2) {
      return pair;
    }
    throw new IllegalArgumentException(
        "the operation invoked by event %d carries %s, not [key value]: the history is not independent"
            .formatted(history.invocationIndex(row), value));
  }

  private static Value withoutKey(Value result) {
    return result instanceof Value.Sequence pair && pair.items().size() == 2
        ? pair.items().get(1)
        : result;
  }

  /** The operations of one object. Safe for use by many threads. */
  ObjectHistory history(Part part) {
    ObjectHistory.Builder builder = new ObjectHistory.Builder(part.key());
    int[] functions = new int[history.functionCount()];
    for (int number = 0; number < functions.length; number++) {
      functions[number] = builder.functionNumber(history.functionName(number));
    }
    int nil = builder.number(Value.nil());
    for (int row : part.rows) {
      Completion.Type type = history.type(row);
      if (type != Completion.Type.FAIL) {
        boolean ok = type == Completion.Type.OK;
        builder.add(
            row,
            history.invocationIndex(row),
            ok ? history.completionIndex(row) : Long.MAX_VALUE,
            functions[history.function(row)],
            argument(builder, row, nil),
            ok ? result(builder, row, nil) : ObjectHistory.UNKNOWN);
      }
    }
    return builder.build();
  }

  private int argument(ObjectHistory.Builder builder, int row, int nil) {
    if (isTuple(row)) {
      return builder.number(tuple(row, history.argument(row)).items().get(1));
    }
    return switch (history.argumentShape(row)) {
      case NIL -> nil;
      case INT -> builder.number(history.argumentNumber(row));
      case PAIR -> builder.numberOfPair(history.argumentFirst(row), history.argumentSecond(row));
      case OTHER -> builder.number(history.argument(row));
    };
  }

  private int result(ObjectHistory.Builder builder, int row, int nil) {
    if (isTuple(row)) {
      return known(builder, row, withoutKey(history.result(row)));
    }
    return switch (history.resultShape(row)) {
      case NIL -> isRead(row) && nilReads == NilReads.UNKNOWN ? ObjectHistory.UNKNOWN : nil;
      case INT -> builder.number(history.resultNumber(row));
      case PAIR -> builder.numberOfPair(history.resultFirst(row), history.resultSecond(row));
      case OTHER -> known(builder, row, history.result(row));
    };
  }

  private int known(ObjectHistory.Builder builder, int row, Value result) {
    if (nilReads == NilReads.VALUE) {
      return builder.number(result);
    }
    if (result.isNil() && isRead(row)) {
      return ObjectHistory.UNKNOWN;
    }
    return builder.number(
        result instanceof Value.Sequence items && isTransaction(row)
            ? withoutNilReads(items)
            : result);
  }

  /** A transaction's micro-operations less the reads that say nothing. */
  private static Value withoutNilReads(Value.Sequence transaction) {
    return Value.of(
        transaction.items().stream()
            .filter(
                micro ->
                    !(micro instanceof Value.Sequence parts
                        && parts.items().size() == 3
                        && parts.items().get(2).isNil()))
            .toList());
  }

  private boolean isTuple(int row) {
    return tuples && history.keyValue(history.key(row)).isNil();
  }

  private boolean isRead(int row) {
    return history.functionName(history.function(row)).equals("read");
  }

  private boolean isTransaction(int row) {
    return history.functionName(history.function(row)).equals("txn");
  }
}
