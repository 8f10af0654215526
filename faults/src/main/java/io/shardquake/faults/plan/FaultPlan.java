package io.shardquake.faults.plan;

import java.time.Duration;
import java.util.List;

/**
 * What is going to be broken in one run. Faults may overlap. A fault's place in the list is its
 * number in the fault log; the order says nothing else. Immutable.
 */
public record FaultPlan(List<Fault> faults) {
  public static final FaultPlan EMPTY = new FaultPlan(List.of());

  public FaultPlan {
    faults = List.copyOf(faults);
  }

  /**
   * Whether one of its faults is injected with this mechanism.
   *
   * @param kinds the kinds that this build knows
   */
  public boolean needs(Mechanism mechanism, List<FaultKind> kinds) {
    List<String> names = faults.stream().map(Fault::kind).toList();
    return kinds.stream()
        .filter(kind -> names.contains(kind.name()))
        .anyMatch(kind -> kind.needs().contains(mechanism));
  }

  /** When the last fault has ended, as far as the plan says; zero for an empty plan. */
  public Duration end() {
    Duration end = Duration.ZERO;
    for (Fault fault : faults) {
      Duration ends = fault.at().plus(fault.duration());
      end = ends.compareTo(end) > 0 ? ends : end;
    }
    return end;
  }
}
