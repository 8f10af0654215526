package io.shardquake.checkers.contract;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Findings;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.checkers.history.Value;
import java.util.List;
import java.util.Optional;

/**
 * Whether every replica held what its master held in the end (J05), as was compared when nobody
 * wrote any more. A server that tells no digest of its data is not held to it.
 */
public final class ReplicaDataChecker implements Checker {
  /** The kind of the event in the fault log that tells how the comparison ended. */
  public static final String EVENT = "digest";

  @Override
  public String name() {
    return "replica-data";
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    Optional<FaultEvent> compared =
        evidence.faults().events().stream()
            .filter(event -> event.fault() < 0 && event.kind().equals(EVENT))
            .reduce((first, second) -> second);
    Findings findings = new Findings();
    compared
        .filter(event -> event.phase() == Phase.HEAL_FAILED)
        .ifPresent(
            event ->
                findings.add(
                    "replica-differs",
                    Severity.VIOLATION,
                    Value.nil(),
                    "a replica did not come to hold what its master holds: " + event.detail(),
                    List.of()));
    return new PromiseVerdict("J05")
        .of(
            name(),
            findings,
            compared
                .map(FaultEvent::detail)
                .orElse("the data of replicas and masters were not compared in this run"));
  }
}
