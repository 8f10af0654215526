package io.shardquake.workloads;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.History;
import java.util.List;

/**
 * A checker that sees some functions of a workload only: those that its model has.
 *
 * @param functions by name
 */
public record OfFunctions(List<String> functions, Checker checker) implements Checker {
  public OfFunctions {
    functions = List.copyOf(functions);
  }

  @Override
  public String name() {
    return checker.name();
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    History history = evidence.history();
    History narrowed =
        history.where(row -> functions.contains(history.functionName(history.function(row))));
    return checker.check(new Evidence(narrowed, evidence.topology(), evidence.faults()), limits);
  }
}
