package io.shardquake.workloads.mix;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;

/**
 * A checker of one workload in a mixture, which sees that workload's operations only. Its verdict
 * is called after the workload, unless the checker is already, for several workloads may have
 * checkers of one name. A workload of which nothing happened, while others' operations did, has
 * nothing to be judged by and does not keep the others from being judged.
 */
record PartChecker(Narrowing narrowing, Checker checker) implements Checker {
  @Override
  public String name() {
    String workload = narrowing.part().workload().name();
    String own = checker.name();
    return own.equals(workload) || own.startsWith(workload + "-") ? own : workload + "-" + own;
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    History history = evidence.history();
    History narrowed = narrowing.of(history);
    if (nothingHappened(narrowed) && !nothingHappened(history)) {
      return Verdict.of(
          name(), Validity.VALID, "nothing of this workload happened, so that nothing is to judge");
    }
    Verdict verdict =
        checker.check(new Evidence(narrowed, evidence.topology(), evidence.faults()), limits);
    return new Verdict(
        name(),
        verdict.validity(),
        verdict.reason(),
        verdict.findings(),
        verdict.statistics(),
        verdict.parts());
  }

  private static boolean nothingHappened(History history) {
    for (int row = 0; row < history.size(); row++) {
      if (history.type(row) == Completion.Type.OK) {
        return false;
      }
    }
    return true;
  }
}
