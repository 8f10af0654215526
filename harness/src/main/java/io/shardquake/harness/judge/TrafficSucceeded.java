package io.shardquake.harness.judge;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;

/** Whether clients got anything done: a cluster that answers nothing contradicts nothing. */
final class TrafficSucceeded implements Checker {
  @Override
  public String name() {
    return "traffic";
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    History history = evidence.history();
    int succeeded = 0;
    for (int row = 0; row < history.size(); row++) {
      if (history.type(row) == Completion.Type.OK) {
        succeeded++;
      }
    }
    return succeeded > 0
        ? Verdict.of(name(), Validity.VALID, succeeded + " of " + history.size() + " succeeded")
        : Verdict.of(
            name(), Validity.UNKNOWN, "none of " + history.size() + " operations succeeded");
  }
}
