package io.shardquake.checkers.transactions;

import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Transactions in words: their names in an argument, and what they did. */
final class TransactionText {
  /** Longer transactions are cut here. */
  private static final int LONGEST = 400;

  private final TransactionLog log;
  private final History history;
  private final Map<Integer, String> names = new LinkedHashMap<>();

  /**
   * @param transactions those in question, each of which gets a name
   */
  TransactionText(TransactionLog log, int... transactions) {
    this.log = log;
    this.history = log.history();
    for (int transaction : transactions) {
      names.putIfAbsent(transaction, "T" + (names.size() + 1));
    }
  }

  /** What each of them did, a line each. */
  String let() {
    StringBuilder text = new StringBuilder("Let:\n");
    names.forEach(
        (transaction, name) ->
            text.append("  ").append(name).append(" = ").append(told(transaction)).append('\n'));
    return text.toString();
  }

  /** The name of one of them. */
  String name(int transaction) {
    return names.getOrDefault(transaction, "T");
  }

  private String told(int transaction) {
    int row = log.row(transaction);
    Completion.Type type = log.type(transaction);
    List<String> parts = new ArrayList<>();
    for (int micro = log.from(transaction); micro < log.to(transaction); micro++) {
      Value key = log.listKey(log.list(micro));
      if (log.isAppend(micro)) {
        parts.add("append " + key + " " + log.elements().value(log.element(micro)));
      } else {
        parts.add("r " + key + (type == Completion.Type.OK ? " " + log.seen(micro) : ""));
      }
    }
    String all = String.join(", ", parts);
    return "[%s] (process %d, events %d to %s%s)"
        .formatted(
            all.length() > LONGEST ? all.substring(0, LONGEST) + "…" : all,
            history.process(row),
            history.invocationIndex(row),
            history.isCompleted(row)
                ? Long.toString(history.completionIndex(row))
                : "no completion",
            switch (type) {
              case OK -> "";
              case FAIL -> ", failed";
              case INFO -> ", outcome unknown";
            });
  }
}
