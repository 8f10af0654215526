package io.shardquake.checkers.linearizability;

import io.shardquake.checkers.Validity;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.Analysis;

/**
 * What was concluded of one object.
 *
 * @param key which; {@link Value#nil()} where the history has one only
 * @param operations how many operations it saw, those that failed among them
 * @param analysis the verdict, what it took, and who gave it
 */
public record ObjectResult(Value key, int operations, Analysis analysis) {
  /** The verdict as a checker's. */
  public Validity validity() {
    if (analysis instanceof Analysis.Valid) {
      return Validity.VALID;
    }
    return analysis instanceof Analysis.Invalid ? Validity.INVALID : Validity.UNKNOWN;
  }
}
