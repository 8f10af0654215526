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
 *
 * @param name for people
 * @param seconds that the traffic lasts
 * @param faults in the order of their times
 */
record Scenario(String name, int seconds, List<Fault> faults) {
  /** All of them; the first is the one that says most. */
  static final List<Scenario> ALL =
      List.of(
          new Scenario(
              "kill-and-manual-failover",
              18,
              List.of(fault("kill", "node 1", 1, 8), fault("failover", "node 2", 14, 2))),
          new Scenario("kill-master", 14, List.of(fault("kill", "node 1", 1, 8))),
          new Scenario("pause-master", 16, List.of(fault("pause", "node 2", 1, 9))),
          new Scenario("partition-master", 16, List.of(fault("partition", "node 3", 1, 9))),
          new Scenario("kill-replica", 12, List.of(fault("kill", "node 5", 1, 6))),
          new Scenario("manual-failover", 8, List.of(fault("failover", "node 1", 1, 3))),
          new Scenario(
              "forced-failover",
              8,
              List.of(fault("failover", "node 2", 1, 3).with("mode", "force"))),
          new Scenario(
              "takeover", 8, List.of(fault("failover", "node 3", 1, 3).with("mode", "takeover"))),
          new Scenario(
              "reshard-and-kill",
              20,
              List.of(
                  fault("reshard", "node 1", 1, 4).with("choice", "lowest").with("slots", "10"),
                  fault("kill", "node 1", 8, 8))),
          new Scenario(
              "fail-back",
              32,
              List.of(fault("kill", "node 1", 1, 8), fault("kill", "node 4", 16, 8))),
          new Scenario("two-of-three-masters", 18, List.of(fault("kill", "nodes 1,2", 1, 9))),
          new Scenario("move-replica", 12, List.of(fault("move-replica", "node 4", 1, 3))));

  Scenario {
    faults = List.copyOf(faults);
  }

  private static Fault fault(String kind, String on, int atSeconds, int forSeconds) {
    return Fault.of(
        kind, Selector.parse(on), Duration.ofSeconds(atSeconds), Duration.ofSeconds(forSeconds));
  }

  @Override
  public String toString() {
    return name;
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
