package io.shardquake.harness.shrink;

import io.shardquake.faults.plan.Fault;
import io.shardquake.faults.plan.FaultPlan;
import io.shardquake.harness.experiment.Experiment;
import io.shardquake.harness.experiment.Traffic;
import io.shardquake.harness.target.ClusterOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes that make an experiment simpler without touching its faults or its requests. */
final class Circumstances {
  private static final int FEWEST_MASTERS = 3;
  private static final Duration AFTER_THE_LAST_FAULT = Duration.ofSeconds(5);

  private Circumstances() {}

  /** What may be tried with an experiment. */
  interface Change {
    Experiment of(Experiment experiment);
  }

  /** Traffic that ends soon after the last fault. */
  static Optional<Change> shorter(Experiment experiment) {
    Duration end = experiment.plan().end().plus(AFTER_THE_LAST_FAULT);
    return end.compareTo(experiment.time()) < 0
        ? Optional.of(e -> withTime(e, end))
        : Optional.empty();
  }

  /** Everything else worth trying, the most telling first. */
  static List<Change> simpler(Experiment experiment) {
    List<Change> changes = new ArrayList<>();
    ClusterOptions cluster = experiment.cluster();
    if (cluster.masters() > FEWEST_MASTERS) {
      changes.add(e -> withCluster(e, FEWEST_MASTERS, e.cluster().replicasPerMaster()));
    }
    for (int replicas = 0; replicas < cluster.replicasPerMaster(); replicas++) {
      int fewer = replicas;
      changes.add(e -> withCluster(e, e.cluster().masters(), fewer));
    }
    for (String directive : cluster.directives()) {
      changes.add(e -> without(e, directive));
    }
    return changes;
  }

  /** Traffic that ends at a time, and what was to be broken before that. */
  static Experiment until(Experiment experiment, Duration time) {
    List<Fault> before =
        experiment.plan().faults().stream()
            .filter(fault -> fault.at().compareTo(time) < 0)
            .toList();
    return withTime(experiment.withPlan(new FaultPlan(before)), time);
  }

  private static Experiment withCluster(Experiment experiment, int masters, int replicas) {
    return experiment.withCluster(
        experiment
            .cluster()
            .withShape(masters, Math.min(replicas, experiment.cluster().replicasPerMaster())));
  }

  private static Experiment without(Experiment experiment, String directive) {
    List<String> left = new ArrayList<>(experiment.cluster().directives());
    left.remove(directive);
    return experiment.withCluster(experiment.cluster().withDirectives(left));
  }

  /** Everything earlier by some time. */
  static Experiment earlierBy(Experiment experiment, Duration time) {
    List<Fault> faults = new ArrayList<>();
    for (Fault fault : experiment.plan().faults()) {
      faults.add(
          new Fault(
              fault.kind(),
              fault.on(),
              fault.at().minus(time),
              fault.duration(),
              fault.draw(),
              fault.parameters()));
    }
    return withTime(experiment.withPlan(new FaultPlan(faults)), experiment.time().minus(time));
  }

  private static Experiment withTime(Experiment e, Duration time) {
    Duration last =
        e.plan().faults().stream().map(Fault::at).max(Duration::compareTo).orElse(Duration.ZERO);
    Traffic traffic = e.traffic();
    return new Experiment(
        e.name(),
        e.target(),
        e.cluster(),
        e.workload(),
        e.workloadOptions(),
        traffic,
        e.plan(),
        e.contract(),
        e.seed(),
        time.compareTo(last) > 0 ? time : last.plusSeconds(1),
        e.recoveryBound());
  }
}
