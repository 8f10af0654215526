package io.shardquake.harness.bench;

import io.shardquake.checkers.Limits;
import io.shardquake.faults.injector.StandardFaults;
import io.shardquake.faults.plan.ClusterShape;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultPlan;
import io.shardquake.faults.plan.FaultPlanner;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.PlannerOptions;
import io.shardquake.harness.experiment.Contract;
import io.shardquake.harness.experiment.Experiment;
import io.shardquake.harness.experiment.Traffic;
import io.shardquake.harness.sim.SimResult;
import io.shardquake.harness.sim.SimSetup;
import io.shardquake.harness.sim.Simulation;
import io.shardquake.harness.sim.run.World;
import io.shardquake.harness.target.ClusterOptions;
import io.shardquake.workloads.WorkloadOptions;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * How fast simulations are: virtual seconds and events for each second of processor time, checkers
 * included. Processor time and not the wall clock's, so that a busy machine changes little.
 */
final class SimulationBenchmark {
  private SimulationBenchmark() {}

  /** Takes clients, operations a second each, virtual seconds, and rounds. */
  public static void main(String[] arguments) {
    int clients = Integer.parseInt(arguments[0]);
    int rate = Integer.parseInt(arguments[1]);
    int seconds = Integer.parseInt(arguments[2]);
    int rounds = Integer.parseInt(arguments[3]);
    Simulation simulation =
        new Simulation(StandardFaults.catalogue(), new Limits(Duration.ofMinutes(5), 256L << 20));
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (int round = 1; round <= rounds; round++) {
      long begun = threads.getCurrentThreadCpuTime();
      SimResult result = simulation.run(setup(clients, rate, seconds, round));
      double used = (threads.getCurrentThreadCpuTime() - begun) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "round %d: %s, %,d operations, %.0f virtual seconds in %.2f s of processor time: %,.0f"
              + " times as fast, %,.0f events/s%n",
          round,
          result.verdict().validity(),
          result.evidence().history().size(),
          result.virtualNanos() / 1e9,
          used,
          result.virtualNanos() / 1e9 / used,
          result.events() / used);
    }
  }

  private static SimSetup setup(int clients, int rate, int seconds, long seed) {
    ClusterOptions cluster = ClusterOptions.DEFAULT;
    Duration time = Duration.ofSeconds(seconds);
    List<FaultKind> kinds =
        StandardFaults.catalogue().kinds().stream()
            .filter(kind -> List.of("kill", "partition").contains(kind.name()))
            .toList();
    FaultPlan plan =
        FaultPlanner.plan(
            new PlannerOptions(
                kinds, time, new ClusterShape(3, 1), cluster.nodeTimeout(), Intensity.NORMAL),
            new SplittableRandom(seed));
    return new SimSetup(
        new Experiment(
            "bench",
            "sim",
            cluster,
            "register",
            WorkloadOptions.DEFAULT,
            new Traffic(clients, OptionalDouble.of((double) clients * rate), Duration.ofSeconds(1)),
            plan,
            Contract.REDIS_CLUSTER,
            seed,
            time,
            Duration.ofSeconds(60)),
        World.GOOD);
  }
}
