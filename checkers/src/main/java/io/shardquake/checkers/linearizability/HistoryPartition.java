package io.shardquake.checkers.linearizability;

import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Rows;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.LimitPoll;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchEndedException;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * A history cut into its objects, which can be judged apart: a history is linearizable if and only
 * if it is for each object (Herlihy and Wing, Linearizability, 1990, theorem 1).
 */
final class HistoryPartition {
  /**
   * One object.
   *
   * @param key which
   * @param rows its operations, those that failed among them
   */
  record Part(Value key, Rows rows) {
    int size() {
      return rows.size();
    }
  }

  private static final List<Value> READS =
      List.of(new Value.Keyword("read"), new Value.Keyword("r"), Value.of("read"), Value.of("r"));

  /** What an {@link ObjectHistory} takes, and its builder beside it. */
  private static final long BYTES_PER_OPERATION = 64;

  private final History history;
  private final NilReads nilReads;
  private final List<Part> parts;

  /** The history of the only object there is, for the explanation. */
  private final AtomicReference<Optional<ObjectHistory>> only =
      new AtomicReference<>(Optional.empty());

  HistoryPartition(History history, NilReads nilReads) {
    this.history = history;
    this.nilReads = nilReads;
    this.parts =
        IntStream.range(0, history.keyCount())
            .mapToObj(key -> new Part(history.keyValue(key), history.rowsOfKey(key)))
            .toList();
  }

  /** The objects in the order in which they first occur. */
  List<Part> parts() {
    return parts;
  }

  /**
   * The operations of one object. Safe for use by many threads.
   *
   * @throws SearchEndedException if a limit is met
   */
  ObjectHistory history(Part part, SearchLimits limits) {
    if (parts.size() > 1) {
      return made(part, limits);
    }
    ObjectHistory known = only.get().orElseGet(() -> made(part, limits));
    only.set(Optional.of(known));
    return known;
  }

  private ObjectHistory made(Part part, SearchLimits limits) {
    LimitPoll poll = new LimitPoll(limits);
    poll.hold(BYTES_PER_OPERATION * part.size());
    poll.now();
    ObjectHistory.Builder builder = new ObjectHistory.Builder(part.key(), part.size());
    int[] functions = new int[history.functionCount()];
    for (int number = 0; number < functions.length; number++) {
      functions[number] = builder.functionNumber(history.functionName(number));
    }
    int nil = builder.number(Value.nil());
    for (int i = 0; i < part.size(); i++) {
      poll.step();
      int row = part.rows().get(i);
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
    return builder.build(poll);
  }

  private int argument(ObjectHistory.Builder builder, int row, int nil) {
    return switch (history.argumentShape(row)) {
      case NIL -> nil;
      case INT -> builder.number(history.argumentNumber(row));
      case PAIR -> builder.numberOfPair(history.argumentFirst(row), history.argumentSecond(row));
      case OTHER -> builder.number(history.argument(row));
    };
  }

  private int result(ObjectHistory.Builder builder, int row, int nil) {
    return switch (history.resultShape(row)) {
      case NIL -> saysNothing(row) ? ObjectHistory.UNKNOWN : nil;
      case INT -> builder.number(history.resultNumber(row));
      case PAIR -> builder.numberOfPair(history.resultFirst(row), history.resultSecond(row));
      case OTHER -> builder.number(known(row, history.result(row)));
    };
  }

  private boolean saysNothing(int row) {
    return nilReads == NilReads.UNKNOWN
        && history.functionName(history.function(row)).equals("read");
  }

  private Value known(int row, Value result) {
    return nilReads == NilReads.UNKNOWN
            && history.functionName(history.function(row)).equals("txn")
            && result instanceof Value.Sequence transaction
        ? withoutNilReads(transaction)
        : result;
  }

  /** A transaction's micro-operations less the reads that say nothing. */
  private static Value withoutNilReads(Value.Sequence transaction) {
    return Value.of(transaction.items().stream().filter(micro -> !isNilRead(micro)).toList());
  }

  private static boolean isNilRead(Value micro) {
    return micro instanceof Value.Sequence parts
        && parts.items().size() == 3
        && READS.contains(parts.items().get(0))
        && parts.items().get(2).isNil();
  }
}
