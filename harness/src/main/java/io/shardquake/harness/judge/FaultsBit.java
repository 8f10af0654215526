package io.shardquake.harness.judge;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.checkers.history.Value;
import io.shardquake.faults.plan.Fault;
import io.shardquake.faults.plan.FaultPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the experiment broke anything: a cluster that nothing was done to has proved nothing.
 *
 * @param plan what was meant to be done
 */
record FaultsBit(FaultPlan plan) implements Checker {
  @Override
  public String name() {
    return "faults";
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    int planned = plan.faults().size();
    if (planned == 0) {
      return Verdict.of(name(), Validity.VALID, "no faults were planned");
    }
    List<Finding> findings = new ArrayList<>();
    int bit = 0;
    for (int number = 0; number < planned; number++) {
      List<FaultEvent> events = eventsOf(number, evidence);
      if (events.stream().anyMatch(event -> event.phase() == Phase.BIT)) {
        bit++;
      } else {
        findings.add(withoutEffect(number, events));
      }
    }
    return new Verdict(
        name(),
        bit > 0 ? Validity.VALID : Validity.UNKNOWN,
        bit > 0 ? bit + " of " + planned + " faults bit" : "none of " + planned + " faults bit",
        findings,
        new Value.Mapping(Map.of("planned", Value.of(planned), "bit", Value.of(bit))),
        List.of());
  }

  private static List<FaultEvent> eventsOf(int number, Evidence evidence) {
    return evidence.faults().events().stream().filter(event -> event.fault() == number).toList();
  }

  private Finding withoutEffect(int number, List<FaultEvent> events) {
    Fault fault = plan.faults().get(number);
    Optional<FaultEvent> told =
        events.stream()
            .filter(event -> event.phase() == Phase.MISSED || event.phase() == Phase.SKIPPED)
            .reduce((first, second) -> second);
    String how =
        told.map(event -> event.phase() == Phase.SKIPPED ? "was left out" : "had no effect")
            .orElse(events.isEmpty() ? "never began" : "was not seen to take effect");
    return new Finding(
        "fault-without-effect",
        Finding.Severity.NOTE,
        "fault " + number + " (" + fault.describe() + ") " + how,
        told.map(FaultEvent::detail).orElse(""),
        List.of(),
        new Value.Mapping(Map.of("fault", Value.of(number))));
  }
}
