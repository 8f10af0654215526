package io.shardquake.harness.cli.lab;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.faults.nemesis.PlanNemesis;
import io.shardquake.faults.plan.Fault;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultPlan;
import io.shardquake.faults.plan.PlanCheck;
import io.shardquake.harness.cli.ActiveFaults;
import io.shardquake.harness.cli.TrafficMeter;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.Readiness;
import io.shardquake.harness.experiment.Wholeness;
import io.shardquake.harness.target.RunningCluster;
import io.shardquake.workloads.generator.GeneratorEvent.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * A cluster under traffic that takes orders. Orders come from one thread. Thread-safe otherwise.
 */
final class LabBench {
  private static final List<String> HELP =
      List.of(
          "KIND [WHOM] [for TIME] [name=value ...]  break something; a kind of fault, or k for kill,",
          "                                         p pause, x partition, r reshard, f failover",
          "   WHOM: n1, n1,n3, random-master, master-of(key a), ...; without TIME until healed",
          "h heal                                   end all faults",
          "s status                                 nodes, roles, slots, epochs, traffic, errors",
          "wait TIME, await TIME                    let time pass; wait until the cluster is whole",
          "q quit                                   heal, stop, judge");

  private final RunningCluster cluster;
  private final PlanNemesis nemesis;
  private final List<FaultKind> kinds;
  private final ImprovisedPlan plan;
  private final LongSupplier clock;
  private final long start;
  private final Watching watching;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Map<String, TopologySample> latest = new ConcurrentHashMap<>();
  private long lastNanos;
  private long lastOperations;

  /** What is seen of the traffic and of the faults from before the bench is there. */
  record Watching(TrafficMeter meter, ActiveFaults faults, Map<String, LongAdder> errors) {
    Watching() {
      this(new TrafficMeter(), new ActiveFaults(), new ConcurrentHashMap<>());
    }

    void completed(Result result, long nanos) {
      meter.record(result, nanos);
    }

    void failed(String error) {
      errors.computeIfAbsent(error, name -> new LongAdder()).increment();
    }

    void fault(FaultEvent event) {
      faults.accept(event);
    }
  }

  /**
   * @param clock nanoseconds since the start of the run; the traffic begins now
   */
  LabBench(
      RunningCluster cluster,
      PlanNemesis nemesis,
      List<FaultKind> kinds,
      ImprovisedPlan plan,
      LongSupplier clock,
      Watching watching) {
    this.cluster = cluster;
    this.nemesis = nemesis;
    this.kinds = kinds;
    this.plan = plan;
    this.clock = clock;
    this.start = clock.getAsLong();
    this.watching = watching;
    this.lastNanos = start;
  }

  /** What an order came to. */
  record Answer(List<String> lines, boolean quits) {
    static Answer of(String line) {
      return new Answer(List.of(line), false);
    }
  }

  /** Carries out one line; what is wrong with it is told in the answer. */
  Answer perform(String line) throws InterruptedException {
    LabOrder order;
    try {
      order = LabOrder.parse(line, kinds);
    } catch (IllegalArgumentException e) {
      return Answer.of("*** " + e.getMessage());
    }
    if (order instanceof LabOrder.Break fault) {
      return strike(fault);
    }
    if (order instanceof LabOrder.Pass pass) {
      over.await(pass.time().toNanos(), TimeUnit.NANOSECONDS);
      return new Answer(List.of(), false);
    }
    if (order instanceof LabOrder.AwaitWhole whole) {
      return awaitWhole(whole.limit());
    }
    return switch ((LabOrder.Simple) order) {
      case HEAL -> {
        nemesis.endFaults();
        yield Answer.of("all faults are being ended");
      }
      case STATUS -> new Answer(status(), false);
      case HELP -> new Answer(HELP, false);
      case QUIT -> new Answer(List.of(), true);
      case NOTHING -> new Answer(List.of(), false);
    };
  }

  private Answer strike(LabOrder.Break order) {
    Duration at = Duration.ofMillis((clock.getAsLong() - start) / 1_000_000);
    Fault bare = Fault.of(order.kind(), order.on(), at, order.duration());
    Fault fault =
        new Fault(
            bare.kind(), bare.on(), bare.at(), bare.duration(), bare.draw(), order.parameters());
    PlanCheck check =
        PlanCheck.of(
            new FaultPlan(List.of(fault)), kinds, cluster.capabilities(), cluster.nodes().size());
    if (!check.passes()) {
      String refusal = check.refusals().get(0);
      return Answer.of("*** " + refusal.substring(refusal.indexOf("): ") + 3));
    }
    plan.add(fault);
    nemesis.add(fault);
    return Answer.of(order.kind() + " " + order.on() + " is ordered");
  }

  private Answer awaitWhole(Duration limit) throws InterruptedException {
    try {
      Readiness.await(
          limit,
          () -> {
            List<CompletableFuture<TopologySample>> asked =
                cluster.nodes().stream()
                    .map(node -> cluster.view(node).toCompletableFuture())
                    .toList();
            return Wholeness.missing(asked.stream().map(CompletableFuture::join).toList());
          });
      return Answer.of("the cluster is whole");
    } catch (ClusterException e) {
      return Answer.of("*** " + e.getMessage());
    }
  }

  /** The state of everything, asked now. */
  List<String> status() {
    List<LabScreen.Node> nodes = new ArrayList<>();
    Map<String, CompletableFuture<TopologySample>> asked = new TreeMap<>();
    cluster.nodes().forEach(node -> asked.put(node, cluster.view(node).toCompletableFuture()));
    for (String node : cluster.nodes()) {
      nodes.add(new LabScreen.Node(cluster.status(node), asked.get(node).join()));
    }
    return LabScreen.lines(nodes, load(), watching.faults().toString());
  }

  /** The state of everything as far as it is known, without waiting for nodes that are silent. */
  List<String> glance() {
    List<LabScreen.Node> nodes = new ArrayList<>();
    for (String node : cluster.nodes()) {
      cluster.view(node).thenAccept(sample -> latest.put(node, sample));
      TopologySample known =
          latest.getOrDefault(node, new TopologySample(0, node, "", "", "not asked yet"));
      nodes.add(new LabScreen.Node(cluster.status(node), known));
    }
    return LabScreen.lines(nodes, load(), watching.faults().toString());
  }

  private synchronized LabScreen.Load load() {
    TrafficMeter.Reading reading = watching.meter().read();
    long now = clock.getAsLong();
    double seconds = Math.max(1, now - lastNanos) / 1e9;
    long rate = Math.round((reading.all() - lastOperations) / seconds);
    lastNanos = now;
    lastOperations = reading.all();
    TreeMap<String, Long> errors = new TreeMap<>();
    watching.errors().forEach((name, count) -> errors.put(name, count.sum()));
    return new LabScreen.Load(
        rate, reading.ok(), reading.fail(), reading.info(), reading.p99Nanos() / 1e6, errors);
  }

  /** Ends what waits. */
  void end() {
    over.countDown();
  }

  /** Whether {@link #end} was called. */
  boolean ended() {
    return over.getCount() == 0;
  }
}
