package io.shardquake.faults.plan;

import io.shardquake.faults.Capabilities;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What keeps a plan from being carried out on a target, found before anything is started.
 *
 * @param refusals one line each, in the order of the plan; empty if nothing does
 */
public record PlanCheck(List<String> refusals) {
  public PlanCheck {
    refusals = List.copyOf(refusals);
  }

  /** Whether every fault of the plan can be injected. */
  public boolean passes() {
    return refusals.isEmpty();
  }

  /**
   * Checks a plan.
   *
   * @param kinds the kinds that this build knows
   * @param nodes how many nodes the cluster has
   */
  public static PlanCheck of(
      FaultPlan plan, List<FaultKind> kinds, Capabilities capabilities, int nodes) {
    List<String> refusals = new ArrayList<>();
    for (int i = 0; i < plan.faults().size(); i++) {
      Fault fault = plan.faults().get(i);
      String what = "fault " + i + " (" + fault.describe() + "): ";
      problems(fault, kinds, capabilities, nodes).forEach(problem -> refusals.add(what + problem));
    }
    return new PlanCheck(refusals);
  }

  private static List<String> problems(
      Fault fault, List<FaultKind> kinds, Capabilities capabilities, int nodes) {
    List<String> problems = new ArrayList<>();
    kinds.stream()
        .filter(kind -> kind.name().equals(fault.kind()))
        .findFirst()
        .ifPresentOrElse(
            kind -> {
              problems.addAll(strangeParameters(fault, kind));
              capabilities.missingFor(kind).ifPresent(problems::add);
            },
            () -> problems.add(FaultSelection.unknown(fault.kind(), kinds)));
    if (fault.on() instanceof Selector.Nodes named) {
      named.numbers().stream()
          .filter(number -> number > nodes)
          .forEach(number -> problems.add("there is no node " + number + " among " + nodes));
    }
    return problems;
  }

  private static List<String> strangeParameters(Fault fault, FaultKind kind) {
    List<String> problems = new ArrayList<>();
    fault
        .parameters()
        .forEach(
            (name, value) -> {
              Optional<Parameter> known = Optional.ofNullable(kind.parameters().get(name));
              if (known.isEmpty()) {
                problems.add("does not take '" + name + "', only " + kind.parameters().keySet());
              }
              known.flatMap(parameter -> refusal(parameter, value)).ifPresent(problems::add);
            });
    return problems;
  }

  private static Optional<String> refusal(Parameter parameter, String value) {
    try {
      parameter.form().check(value);
      return Optional.empty();
    } catch (IllegalArgumentException wrong) {
      return Optional.of(wrong.getMessage());
    }
  }
}
