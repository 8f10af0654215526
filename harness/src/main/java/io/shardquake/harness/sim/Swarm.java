package io.shardquake.harness.sim;

import io.shardquake.faults.plan.ClusterShape;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultPlan;
import io.shardquake.faults.plan.FaultPlanner;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.PlannerOptions;
import io.shardquake.harness.experiment.Contract;
import io.shardquake.harness.experiment.Experiment;
import io.shardquake.harness.experiment.Traffic;
import io.shardquake.harness.sim.network.NetworkQuality;
import io.shardquake.harness.sim.node.MachineQuality;
import io.shardquake.harness.sim.run.World;
import io.shardquake.harness.target.ClusterOptions;
import io.shardquake.harness.target.ClusterOptions.AppendFsync;
import io.shardquake.node.core.defect.Defect;
import io.shardquake.workloads.StandardWorkloads;
import io.shardquake.workloads.WorkloadOptions;
import io.shardquake.workloads.generator.RandomSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Draws a configuration for each seed (swarm testing: Groce and others, 2012). A single
 * configuration that has a little of everything hides what shows only where something is missing:
 * each seed therefore leaves out much, and what it has, it has in a strength of its own.
 *
 * @param name of the workload
 * @param kinds of fault that may be drawn
 * @param time how long the traffic lasts
 * @param recoveryBound how long a cluster may take to become whole again
 * @param contract what it is held to
 * @param defects that every node has
 */
public record Swarm(
    String name,
    List<FaultKind> kinds,
    Duration time,
    Duration recoveryBound,
    Contract contract,
    Set<Defect> defects) {
  private static final List<Integer> NODE_TIMEOUTS = List.of(500, 1000, 2000, 2000, 5000);
  private static final List<Integer> KEYS = List.of(1, 5, 20, 100);
  private static final List<Integer> VALUE_BYTES = List.of(0, 0, 0, 100, 5000);
  private static final List<Integer> OPERATION_TIMEOUTS = List.of(200, 500, 1000, 1000, 3000);

  public Swarm {
    kinds = List.copyOf(kinds);
  }

  /** The configuration of a seed. */
  public SimSetup draw(long seed) {
    RandomSource random = RandomSource.seeded(seed).fork("swarm");
    RandomSource ofCluster = random.fork("cluster");
    ClusterOptions cluster = cluster(ofCluster).withDefects(defects);
    Experiment unbroken =
        new Experiment(
            "sim-" + StandardWorkloads.shortName(name),
            "sim",
            cluster,
            name,
            workload(random.fork("workload")),
            traffic(random.fork("traffic")),
            FaultPlan.EMPTY,
            contract,
            seed,
            time,
            recoveryBound);
    Experiment broken = unbroken.withPlan(plan(unbroken, random.fork("faults")));
    return new SimSetup(broken, world(random.fork("world"), cluster));
  }

  private static ClusterOptions cluster(RandomSource random) {
    int masters = 3 + (random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0);
    int replicas = random.nextInt(8) == 0 ? 0 : random.nextInt(4) == 0 ? 2 : 1;
    AppendFsync fsync = one(List.of(AppendFsync.values()), random);
    List<String> directives = new ArrayList<>();
    if (random.nextInt(4) == 0) {
      directives.add("cluster-require-full-coverage no");
    }
    if (random.nextInt(4) == 0) {
      directives.add("repl-backlog-size " + 16 * 1024);
    }
    if (random.nextInt(4) == 0) {
      directives.add("auto-aof-rewrite-min-size " + 2048);
    }
    if (random.nextInt(6) == 0) {
      directives.add("cluster-replica-validity-factor 0");
    }
    return ClusterOptions.DEFAULT
        .withShape(masters, replicas)
        .withNodeTimeout(Duration.ofMillis(one(NODE_TIMEOUTS, random)))
        .withAppendFsync(fsync)
        .withWiring(ClusterOptions.Wiring.PROXIED)
        .withDirectives(directives);
  }

  private static WorkloadOptions workload(RandomSource random) {
    return new WorkloadOptions(
        one(KEYS, random),
        20 + random.nextInt(180),
        0.2 + 0.6 * random.nextDouble(),
        one(VALUE_BYTES, random));
  }

  private static Traffic traffic(RandomSource random) {
    int concurrency = 2 + random.nextInt(14);
    double rate = concurrency * (5 + random.nextInt(25));
    return new Traffic(
        concurrency, OptionalDouble.of(rate), Duration.ofMillis(one(OPERATION_TIMEOUTS, random)));
  }

  private FaultPlan plan(Experiment unbroken, RandomSource random) {
    List<FaultKind> chosen = new ArrayList<>();
    for (FaultKind kind : kinds) {
      if (random.nextInt(2) == 0) {
        chosen.add(kind);
      }
    }
    if (chosen.isEmpty()) {
      chosen.add(kinds.get(random.nextInt(kinds.size())));
    }
    Intensity intensity = one(List.of(Intensity.values()), random);
    ClusterOptions cluster = unbroken.cluster();
    return FaultPlanner.plan(
        new PlannerOptions(
            chosen,
            unbroken.time(),
            new ClusterShape(cluster.masters(), cluster.replicasPerMaster()),
            cluster.nodeTimeout(),
            intensity),
        new SplittableRandom(random.nextLong()));
  }

  private static World world(RandomSource random, ClusterOptions cluster) {
    NetworkQuality network =
        new NetworkQuality(
            20 + random.nextInt(500),
            50 + random.nextInt(5000),
            1 + random.nextInt(4),
            random.nextInt(2) == 0 ? 0 : 0.002 * random.nextDouble(),
            200);
    boolean losesPower = cluster.appendFsync() == AppendFsync.ALWAYS && random.nextInt(2) == 0;
    MachineQuality machine =
        new MachineQuality(
            1 + random.nextInt(50),
            20 + random.nextInt(2000),
            20 + random.nextInt(200),
            20 + random.nextInt(60),
            random.nextInt(2) == 0 ? 0 : random.nextInt(200),
            losesPower);
    return new World(network, machine, World.GOOD.sampling(), World.GOOD.mostEvents());
  }

  private static <T> T one(List<T> values, RandomSource random) {
    return values.get(random.nextInt(values.size()));
  }
}
