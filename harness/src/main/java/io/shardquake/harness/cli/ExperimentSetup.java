package io.shardquake.harness.cli;

import io.shardquake.faults.Capabilities;
import io.shardquake.faults.plan.ClusterShape;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultPlan;
import io.shardquake.faults.plan.FaultPlanJson;
import io.shardquake.faults.plan.FaultPlanner;
import io.shardquake.faults.plan.FaultSelection;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.faults.plan.PlanCheck;
import io.shardquake.faults.plan.PlannerOptions;
import io.shardquake.harness.experiment.Contract;
import io.shardquake.harness.experiment.Experiment;
import io.shardquake.harness.experiment.Traffic;
import io.shardquake.harness.target.ClusterOptions;
import io.shardquake.node.core.defect.Defect;
import io.shardquake.workloads.StandardWorkloads;
import io.shardquake.workloads.WorkloadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Makes an experiment of what the command line says.
 *
 * @param options what it says
 * @param kinds of fault that this build knows
 * @param capabilities of the target
 * @param breakable how nodes are connected where links are to be broken
 */
record ExperimentSetup(
    RunOptions options,
    List<FaultKind> kinds,
    Capabilities capabilities,
    ClusterOptions.Wiring breakable) {

  /**
   * An experiment, and what had to be left out of it.
   *
   * @param skipped kinds of fault that the target cannot inject, each with what is missing
   */
  record Prepared(Experiment experiment, Map<String, String> skipped) {}

  /**
   * Resolves everything, down to each fault.
   *
   * @throws UsageException if something asked for makes no sense
   */
  Prepared prepare(long seed) throws UsageException {
    try {
      return prepareUnchecked(seed);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private Prepared prepareUnchecked(long seed) throws UsageException {
    Experiment unbroken = unbroken(seed);
    if (options.plan.isPresent()) {
      FaultPlan plan = planFrom(options.plan.get(), unbroken.cluster());
      return new Prepared(wired(unbroken.withPlan(plan)), Map.of());
    }
    FaultSelection.Possible possible =
        options
            .faults
            .map(text -> FaultSelection.parse(text, kinds))
            .orElseGet(() -> FaultSelection.usual(kinds))
            .on(capabilities);
    ClusterOptions cluster = unbroken.cluster();
    PlannerOptions planner =
        new PlannerOptions(
            possible.kinds(),
            unbroken.time(),
            new ClusterShape(cluster.masters(), cluster.replicasPerMaster()),
            cluster.nodeTimeout(),
            intensity());
    FaultPlan plan = FaultPlanner.plan(planner, new SplittableRandom(seed));
    return new Prepared(wired(unbroken.withPlan(plan)), possible.skipped());
  }

  /** A proxy and a shim take their time, so that they stand there only if a fault needs them. */
  private Experiment wired(Experiment planned) {
    ClusterOptions cluster =
        planned.cluster().withShim(planned.plan().needs(Mechanism.SHIM, kinds));
    return planned.withCluster(
        planned.plan().needs(Mechanism.LINKS, kinds) ? cluster.withWiring(breakable) : cluster);
  }

  /** The experiment before it has any faults. */
  private Experiment unbroken(long seed) throws UsageException {
    // Resolved, so that the same experiment runs again even if another mixture is usual by then.
    String workload = Catalogue.workload(options.workload).name();
    return new Experiment(
        options.target + "-" + StandardWorkloads.shortName(workload),
        options.target,
        cluster(),
        workload,
        workloadOptions(),
        new Traffic(
            options.concurrency,
            options.rate.map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
            options.operationTimeout),
        FaultPlan.EMPTY,
        Contract.parse(options.contract),
        seed,
        options.time,
        options.recovery);
  }

  private ClusterOptions cluster() throws UsageException {
    ClusterOptions cluster =
        ClusterOptions.DEFAULT
            .withShape(options.masters, options.replicas)
            .withNodeTimeout(options.nodeTimeout)
            .withDefects(defects());
    if (options.server.isEmpty()) {
      return cluster;
    }
    Path server = options.server.get();
    if (!Files.exists(server)) {
      throw new UsageException(server + " does not exist: name a redis-server executable");
    }
    if (!Files.isRegularFile(server) || !Files.isExecutable(server)) {
      throw new UsageException(server + " is not executable: name a redis-server executable");
    }
    return cluster.withServer(server.toAbsolutePath());
  }

  private Set<Defect> defects() throws UsageException {
    if (!options.defects.isEmpty() && options.target.equals("redis")) {
      throw new UsageException("--defect is for reference nodes, not for redis");
    }
    return DefectNames.parse(options.defects);
  }

  private WorkloadOptions workloadOptions() {
    WorkloadOptions chosen = WorkloadOptions.DEFAULT;
    if (options.keys.isPresent()) {
      chosen = chosen.withActiveKeys(options.keys.get());
    }
    if (options.valueSize.isPresent()) {
      chosen = chosen.withValueBytes((int) Math.min(options.valueSize.get(), Integer.MAX_VALUE));
    }
    return chosen;
  }

  private Intensity intensity() {
    return Arrays.stream(Intensity.values())
        .filter(level -> level.toString().equals(options.intensity))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no intensity is called '"
                        + options.intensity
                        + "' (there are "
                        + Arrays.stream(Intensity.values())
                            .map(Intensity::toString)
                            .collect(Collectors.joining(", "))
                        + ")"));
  }

  private FaultPlan planFrom(Path file, ClusterOptions cluster) throws UsageException {
    if (options.faults.isPresent()) {
      throw new UsageException("--plan and --faults exclude each other: a plan names its faults");
    }
    FaultPlan plan;
    try {
      String text = Files.readString(file);
      plan =
          file.toString().matches("(?i).*\\.ya?ml")
              ? FaultPlanJson.readYaml(text, file.toString())
              : FaultPlanJson.read(text, file.toString());
    } catch (IOException e) {
      throw new UsageException("cannot read the plan " + file + ": " + e, e);
    }
    PlanCheck check = PlanCheck.of(plan, kinds, capabilities, cluster.nodeCount());
    if (!check.passes()) {
      List<String> refusals = new ArrayList<>(check.refusals());
      throw new UsageException(file + ": " + String.join("; ", refusals));
    }
    return plan;
  }
}
