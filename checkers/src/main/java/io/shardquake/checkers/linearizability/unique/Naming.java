package io.shardquake.checkers.linearizability.unique;

import io.shardquake.checkers.linearizability.analysis.ObjectHistory;

/** Operations in words. */
final class Naming {
  private Naming() {}

  /** The operation, and which it is: "write 3 (row 17)". */
  static String of(ObjectHistory history, int operation) {
    String outcome = history.returned(operation) == ObjectHistory.NEVER ? ", outcome unknown" : "";
    return "%s (row %d%s)".formatted(history.toCall(operation), history.row(operation), outcome);
  }
}
