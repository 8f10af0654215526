package io.shardquake.harness.sim;

import io.shardquake.faults.plan.FaultPlan;
import io.shardquake.harness.experiment.Experiment;
import io.shardquake.harness.sim.run.World;
import io.shardquake.harness.sim.script.Script;
import io.shardquake.harness.target.ClusterOptions;
import java.util.Optional;

/**
 * Everything that decides how a simulation goes.
 *
 * @param experiment what is done and demanded; its seed decides everything else
 * @param world what it takes place in
 * @param script what clients ask; empty for the traffic that the workload generates
 */
public record SimSetup(Experiment experiment, World world, Optional<Script> script) {
  /** Traffic as the workload generates it. */
  public SimSetup(Experiment experiment, World world) {
    this(experiment, world, Optional.empty());
  }

  public SimSetup withExperiment(Experiment other) {
    return new SimSetup(other, world, script);
  }

  public SimSetup withPlan(FaultPlan plan) {
    return withExperiment(experiment.withPlan(plan));
  }

  public SimSetup withCluster(ClusterOptions cluster) {
    return withExperiment(experiment.withCluster(cluster));
  }

  public SimSetup withWorld(World other) {
    return new SimSetup(experiment, other, script);
  }

  public SimSetup withScript(Script other) {
    return new SimSetup(experiment, world, Optional.of(other));
  }
}
