package io.shardquake.harness.cli;

import io.shardquake.checkers.Limits;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultSelection;
import io.shardquake.harness.experiment.Contract;
import io.shardquake.harness.sim.SimCapabilities;
import io.shardquake.harness.sim.Simulation;
import io.shardquake.harness.sim.Swarm;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** What a seed is drawn from. */
final class SimOptions {
  private static final long CHECKER_MEMORY = 256L << 20;
  private static final Duration CHECKER_TIME = Duration.ofMinutes(2);

  @Option(
      names = "--time",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = DurationConverter.class,
      description = "How long the traffic lasts, in virtual time. (Default: ${DEFAULT-VALUE}.)")
  Duration time = Duration.ZERO;

  @Option(
      names = "--recovery",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = DurationConverter.class,
      description =
          "How long the cluster may take to be whole again when all faults are healed. (Default:"
              + " ${DEFAULT-VALUE}.)")
  Duration recovery = Duration.ZERO;

  @Option(
      names = "--workload",
      paramLabel = "NAME",
      defaultValue = Swarm.ANY_WORKLOAD,
      description =
          "What clients do; "
              + Swarm.ANY_WORKLOAD
              + " draws a few of all workloads for each seed. (Default: ${DEFAULT-VALUE}.)")
  String workload = "";

  @Option(
      names = "--faults",
      paramLabel = "KINDS",
      defaultValue = "any",
      description = "Kinds of fault to draw from, joined by commas. (Default: ${DEFAULT-VALUE}.)")
  String faults = "";

  @Option(
      names = "--contract",
      paramLabel = "NAME",
      defaultValue = "redis-cluster",
      description =
          "What clusters are held to: redis-cluster or linearizable. (Default: ${DEFAULT-VALUE}.)")
  String contract = "";

  @Option(
      names = "--defect",
      paramLabel = "NAME",
      description =
          "A known defect that every node shall have; may be given several times. shardquake node"
              + " --list-defects lists them.")
  List<String> defects = List.of();

  /** What simulates seeds. */
  Simulation simulation() {
    return new Simulation(Catalogue.faults(), new Limits(CHECKER_TIME, CHECKER_MEMORY));
  }

  /** What draws them. */
  Swarm swarm() throws UsageException {
    String chosen =
        workload.equals(Swarm.ANY_WORKLOAD) ? workload : Catalogue.workload(workload).name();
    return new Swarm(chosen, kinds(), time, recovery, contract(), DefectNames.parse(defects));
  }

  private Contract contract() throws UsageException {
    try {
      return Contract.parse(contract);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private List<FaultKind> kinds() throws UsageException {
    try {
      List<FaultKind> kinds =
          FaultSelection.parse(faults, Catalogue.faults().kinds()).on(SimCapabilities.ALL).kinds();
      if (kinds.isEmpty()) {
        throw new UsageException("a swarm needs at least one kind of fault to draw from");
      }
      return kinds;
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  /** The shell command that simulates a seed of these again. */
  String again(long seed) {
    return "./shardquake sim --seed "
        + seed
        + " --time "
        + time.toMillis()
        + "ms --recovery "
        + recovery.toMillis()
        + "ms --workload "
        + workload
        + " --faults "
        + faults
        + defects.stream().map(name -> " --defect " + name).collect(Collectors.joining())
        + (contract.equals("redis-cluster") ? "" : " --contract " + contract);
  }
}
