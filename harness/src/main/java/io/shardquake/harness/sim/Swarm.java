package io.shardquake.harness.sim;

import io.shardquake.faults.plan.ClusterShape;
import io.shardquake.faults.plan.Fault;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultPlan;
import io.shardquake.faults.plan.FaultPlanner;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.PlannerOptions;
import io.shardquake.faults.plan.Selector;
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
import io.shardquake.workloads.Workload;
import io.shardquake.workloads.WorkloadOptions;
import io.shardquake.workloads.generator.RandomSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Draws a configuration for each seed (swarm testing: Groce and others, 2012). A single
 * configuration that has a little of everything hides what shows only where something is missing:
 * each seed therefore leaves out much, and what it has, it has in a strength of its own.
 *
 * @param workload what clients do, or {@link #ANY_WORKLOAD}
 * @param kinds of fault that may be drawn
 * @param time how long the traffic lasts
 * @param recoveryBound how long a cluster may take to become whole again
 * @param contract what it is held to
 * @param defects that every node has
 */
public record Swarm(
    String workload,
    List<FaultKind> kinds,
    Duration time,
    Duration recoveryBound,
    Contract contract,
    Set<Defect> defects) {
  /** Stands for a few of all workloads, which each seed draws for itself. */
  public static final String ANY_WORKLOAD = "any";

  /**
   * Moves megabytes, which takes a hundred times as long and shows no more than many small keys.
   */
  private static final String TOO_EXPENSIVE = "big-keys";

  private static final String KILL = "kill";
  private static final Duration BEFORE_THE_END = Duration.ofMillis(500);

  /** Too short for anybody to be replaced. */
  private static final Duration SHORT_KILL = Duration.ofMillis(100);

  private static final int MOST_WORKLOADS = 4;
  private static final int GREATEST_WEIGHT = 6;
  private static final List<Integer> NODE_TIMEOUTS = List.of(500, 1000, 2000, 2000, 5000);
  private static final List<Integer> KEYS = List.of(1, 5, 20, 100);
  private static final List<Integer> VALUE_BYTES = List.of(0, 0, 0, 100, 5000);
  private static final List<Integer> OPERATION_TIMEOUTS = List.of(200, 500, 1000, 1000, 3000);

  public Swarm {
    kinds = List.copyOf(kinds);
  }

  /** The same draws for nodes with other defects. */
  public Swarm withDefects(Set<Defect> others) {
    return new Swarm(workload, kinds, time, recoveryBound, contract, others);
  }

  /** The configuration of a seed. */
  public SimSetup draw(long seed) {
    RandomSource random = RandomSource.seeded(seed).fork("swarm");
    RandomSource ofCluster = random.fork("cluster");
    ClusterOptions cluster = cluster(ofCluster).withDefects(defects);
    String chosen = workload.equals(ANY_WORKLOAD) ? mixture(random.fork("mixture")) : workload;
    Experiment unbroken =
        new Experiment(
            "sim-" + StandardWorkloads.shortName(chosen),
            "sim",
            cluster,
            chosen,
            options(random.fork("workload")),
            traffic(random.fork("traffic")),
            FaultPlan.EMPTY,
            contract,
            seed,
            time,
            recoveryBound);
    Experiment broken = unbroken.withPlan(plan(unbroken, random.fork("faults")));
    return new SimSetup(
        broken, world(random.fork("world"), cluster, strays(random.fork("strays"))));
  }

  private static ClusterOptions cluster(RandomSource random) {
    int masters = 3 + (random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0);
    int replicas = random.nextInt(8) == 0 ? 0 : random.nextInt(3) == 0 ? 2 : 1;
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
    int validity = random.nextInt(6);
    if (validity < 2) {
      directives.add("cluster-replica-validity-factor " + validity);
      directives.add("repl-ping-replica-period 1");
    }
    return ClusterOptions.DEFAULT
        .withShape(masters, replicas)
        .withNodeTimeout(Duration.ofMillis(one(NODE_TIMEOUTS, random)))
        .withAppendFsync(fsync)
        .withWiring(ClusterOptions.Wiring.PROXIED)
        .withDirectives(directives);
  }

  /** A few of all workloads, as the command line has them. */
  private static String mixture(RandomSource random) {
    List<Workload> left = new ArrayList<>(StandardWorkloads.all());
    left.removeIf(one -> one.name().equals(TOO_EXPENSIVE));
    List<String> parts = new ArrayList<>();
    int count = 1 + random.nextInt(MOST_WORKLOADS);
    for (int i = 0; i < count; i++) {
      Workload drawn = left.remove(random.nextInt(left.size()));
      parts.add(drawn.name() + (count == 1 ? "" : "=" + (1 + random.nextInt(GREATEST_WEIGHT))));
    }
    return String.join(",", parts);
  }

  private static WorkloadOptions options(RandomSource random) {
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
    FaultPlan plan =
        FaultPlanner.plan(
            new PlannerOptions(
                chosen,
                unbroken.time(),
                new ClusterShape(cluster.masters(), cluster.replicasPerMaster()),
                cluster.nodeTimeout(),
                intensity),
            new SplittableRandom(random.nextLong()));
    return random.nextInt(4) == 0 && hasKills() ? endingWithAKill(plan, unbroken.time()) : plan;
  }

  private boolean hasKills() {
    return kinds.stream().anyMatch(kind -> kind.name().equals(KILL));
  }

  /** At the end of the traffic all nodes die at once and have nothing but their disks. */
  private static FaultPlan endingWithAKill(FaultPlan plan, Duration time) {
    Duration at = time.minus(BEFORE_THE_END);
    List<Fault> faults = new ArrayList<>(plan.faults());
    if (at.isNegative()) {
      return plan;
    }
    faults.add(
        new Fault(KILL, Selector.Group.EVERY_NODE, at, SHORT_KILL, faults.size(), new TreeMap<>()));
    return new FaultPlan(faults);
  }

  private static Duration strays(RandomSource random) {
    return random.nextInt(2) == 0 ? Duration.ZERO : Duration.ofMillis(50 + random.nextInt(200));
  }

  private static World world(RandomSource random, ClusterOptions cluster, Duration strays) {
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
    return new World(network, machine, World.GOOD.sampling(), World.GOOD.mostEvents(), strays);
  }

  private static <T> T one(List<T> values, RandomSource random) {
    return values.get(random.nextInt(values.size()));
  }
}
