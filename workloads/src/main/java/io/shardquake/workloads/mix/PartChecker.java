package io.shardquake.workloads.mix;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.History;

/**
 * A checker of one workload in a mixture, which sees that workload's operations only. Its verdict
 * is called after the workload, unless the checker is already, for several workloads may have
 * checkers of one name.
 */
record PartChecker(Part part, Checker checker) implements Checker {
  @Override
  public String name() {
    String workload = part.workload().name();
    String own = checker.name();
    return own.equals(workload) || own.startsWith(workload + "-") ? own : workload + "-" + own;
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    History history = evidence.history();
    boolean[] own = new boolean[history.keyCount()];
    for (int key = 0; key < own.length; key++) {
      own[key] = part.has(history.keyValue(key));
    }
    History narrowed = history.where(row -> own[history.key(row)]);
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
}
