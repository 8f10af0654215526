package io.shardquake.checkers.linearizability.unique;

import io.shardquake.checkers.linearizability.analysis.ObjectHistory;

/** Operations in words. */
final class Naming {
  /** Longer calls, such as reads of large sets, are cut here. */
  private static final int LONGEST = 80;

  private static final String UNKNOWN_RESULT = " -> ?";

  private Naming() {}

  /** The operation, and which it is: "write 3 (row 17)". */
  static String of(ObjectHistory history, int operation) {
    String call = history.toCall(operation).toString().replace(UNKNOWN_RESULT, "");
    String outcome = history.returned(operation) == ObjectHistory.NEVER ? ", outcome unknown" : "";
    return "%s (row %d%s)"
        .formatted(
            call.length() > LONGEST ? call.substring(0, LONGEST) + "…" : call,
            history.row(operation),
            outcome);
  }
}
