package io.shardquake.harness.judge;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.Value;
import io.shardquake.faults.plan.FaultPlan;
import io.shardquake.harness.experiment.Contract;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Judges what was recorded of an experiment by the contract that its target is held to. */
public final class RunJudge {
  /** The name of the verdict that all others are merged into. */
  public static final String NAME = "experiment";

  /** Of a contract of which nobody could tell whether it was kept. */
  private static final Verdict NOT_ASKED =
      Verdict.of(
          Contract.LINEARIZABLE.toString(),
          Validity.UNKNOWN,
          "the workload has no linearizability checker; choose another workload or contract");

  private final Contract contract;
  private final List<Checker> linearizability;
  private final List<Checker> always;

  /**
   * @param plan the faults that were meant to happen
   * @param linearizability checkers of what only the strongest contract promises
   * @param always checkers of what every contract promises
   */
  public RunJudge(
      Contract contract, FaultPlan plan, List<Checker> linearizability, List<Checker> always) {
    this.contract = contract;
    this.linearizability = List.copyOf(linearizability);
    this.always = new ArrayList<>(always);
    this.always.add(new FaultsBit(plan));
    this.always.add(new Recovered());
  }

  /**
   * Asks every checker. One that throws or runs out of its limits does not keep the others from
   * being asked.
   *
   * @param limits of each checker
   */
  public Verdict judge(Evidence evidence, Limits limits) {
    List<Answer> strict = ask(linearizability, evidence, limits);
    List<Answer> common = ask(always, evidence, limits);
    List<Verdict> parts = new ArrayList<>();
    strict.forEach(answer -> parts.add(underContract(answer)));
    if (contract == Contract.LINEARIZABLE && strict.isEmpty()) {
      parts.add(NOT_ASKED);
    }
    common.forEach(answer -> parts.add(answer.verdict()));
    Verdict merged = Verdict.merge(NAME, parts);
    String level = strongestLevel(worst(strict), worst(common));
    Map<String, Value> statistics = new LinkedHashMap<>();
    statistics.put("contract", Value.of(contract.toString()));
    statistics.put("strongest-level", Value.of(level));
    String reason = merged.validity() == Validity.VALID ? contract + " was kept" : merged.reason();
    return new Verdict(
        NAME,
        merged.validity(),
        reason + "; strongest level that held: " + level,
        List.of(),
        new Value.Mapping(statistics),
        parts);
  }

  private static List<Answer> ask(List<Checker> checkers, Evidence evidence, Limits limits) {
    return checkers.stream().map(checker -> Answer.of(checker, evidence, limits)).toList();
  }

  private Verdict underContract(Answer answer) {
    return contract == Contract.LINEARIZABLE || answer.brokeDown()
        ? answer.verdict()
        : new Tolerance(contract).of(answer.verdict());
  }

  private static Validity worst(List<Answer> answers) {
    return answers.stream()
        .map(answer -> answer.verdict().validity())
        .reduce(Validity::and)
        .orElse(Validity.UNKNOWN);
  }

  private static String strongestLevel(Validity strict, Validity common) {
    return switch (common) {
      case INVALID -> "none";
      case UNKNOWN -> "undecided";
      case VALID ->
          switch (strict) {
            case VALID -> Contract.LINEARIZABLE.toString();
            case INVALID -> Contract.REDIS_CLUSTER.toString();
            case UNKNOWN -> Contract.REDIS_CLUSTER + ", perhaps " + Contract.LINEARIZABLE;
          };
    };
  }
}
