package io.shardquake.harness.judge;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.contract.ReplicaDataChecker;
import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.harness.experiment.ExperimentRun;
import java.util.List;
import java.util.Optional;

/**
 * Whether the cluster became whole again within its bound, once every node ran and answered: the
 * liveness half of an experiment. A node that could not be brought back by the harness excuses the
 * cluster; a run that ended before its recovery proves nothing.
 */
final class Recovered implements Checker {
  @Override
  public String name() {
    return "recovery";
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    List<FaultEvent> ofRun =
        evidence.faults().events().stream().filter(event -> event.fault() < 0).toList();
    Optional<FaultEvent> recovery =
        ofRun.stream().filter(event -> event.kind().equals(ExperimentRun.RECOVERY)).findFirst();
    Optional<FaultEvent> unhealed =
        ofRun.stream()
            .filter(event -> event.phase() == Phase.HEAL_FAILED)
            .filter(event -> !event.kind().equals(ExperimentRun.RECOVERY))
            .filter(event -> !event.kind().equals(ReplicaDataChecker.EVENT))
            .findFirst();
    if (recovery.isEmpty()) {
      return Verdict.of(
          name(), Validity.UNKNOWN, "the run was cut off before the cluster could recover");
    }
    if (recovery.get().phase() == Phase.HEALED) {
      return Verdict.of(name(), Validity.VALID, recovery.get().detail());
    }
    return unhealed
        .map(
            event ->
                Verdict.of(
                    name(), Validity.UNKNOWN, "not every node was healed: " + event.detail()))
        .orElseGet(() -> notWhole(recovery.get()));
  }

  private Verdict notWhole(FaultEvent event) {
    Finding finding =
        new Finding(
            "not-recovered",
            Finding.Severity.VIOLATION,
            "The cluster did not become whole again after everything was healed",
            event.detail(),
            List.of(),
            event.data());
    return new Verdict(
        name(), Validity.INVALID, event.detail(), List.of(finding), event.data(), List.of());
  }
}
