package io.shardquake.harness.sim.scenario;

import io.shardquake.faults.plan.Fault;
import io.shardquake.faults.plan.FaultPlan;
import io.shardquake.faults.plan.Selector;
import io.shardquake.harness.experiment.Contract;
import io.shardquake.harness.experiment.Experiment;
import io.shardquake.harness.experiment.Traffic;
import io.shardquake.harness.target.ClusterOptions;
import io.shardquake.workloads.WorkloadOptions;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What is done to a cluster of three masters (n1, n2, n3) with one replica each (n4, n5, n6), such
 * that there is one way only in which a cluster can go.
 */
enum Scenario {
  KILL_MASTER(14, fault("kill", "node 1", 1, 8)),
  KILL_AND_MANUAL_FAILOVER(18, fault("kill", "node 1", 1, 8), fault("failover", "node 2", 14, 2)),
  PAUSE_MASTER(16, fault("pause", "node 2", 1, 9)),
  PARTITION_MASTER(16, fault("partition", "node 3", 1, 9)),
  KILL_REPLICA(12, fault("kill", "node 5", 1, 6)),
  MANUAL_FAILOVER(8, fault("failover", "node 1", 1, 3)),
  FORCED_FAILOVER(8, fault("failover", "node 2", 1, 3).with("mode", "force")),
  TAKEOVER(8, fault("failover", "node 3", 1, 3).with("mode", "takeover")),
  RESHARD_AND_KILL(
      20,
      fault("reshard", "node 1", 1, 4).with("choice", "lowest").with("slots", "10"),
      fault("kill", "node 1", 8, 8)),
  FAIL_BACK(32, fault("kill", "node 1", 1, 8), fault("kill", "node 4", 16, 8)),
  TWO_OF_THREE_MASTERS(18, fault("kill", "nodes 1,2", 1, 9)),
  MOVE_REPLICA(12, fault("move-replica", "node 4", 1, 3));

  private final int seconds;
  private final List<Fault> faults;

  Scenario(int seconds, Fault... faults) {
    this.seconds = seconds;
    this.faults = List.of(faults);
  }

  private static Fault fault(String kind, String on, int atSeconds, int forSeconds) {
    return Fault.of(
        kind, Selector.parse(on), Duration.ofSeconds(atSeconds), Duration.ofSeconds(forSeconds));
  }

  /** The whole experiment. */
  Experiment on(String target) {
    return new Experiment(
        "scenario",
        target,
        ClusterOptions.DEFAULT
            .withNodeTimeout(Duration.ofSeconds(2))
            .withWiring(ClusterOptions.Wiring.PROXIED),
        "register",
        WorkloadOptions.DEFAULT.withActiveKeys(10),
        new Traffic(2, OptionalDouble.of(20), Duration.ofSeconds(1)),
        new FaultPlan(faults),
        Contract.REDIS_CLUSTER,
        1,
        Duration.ofSeconds(seconds),
        Duration.ofMinutes(2));
  }
}
