package io.shardquake.harness.sim.run;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.faults.nemesis.Bounds;
import io.shardquake.faults.nemesis.FaultCatalogue;
import io.shardquake.faults.nemesis.Nemesis;
import io.shardquake.faults.nemesis.PlanNemesis;
import io.shardquake.harness.experiment.Experiment;
import io.shardquake.harness.experiment.ExperimentRun;
import io.shardquake.harness.experiment.Wholeness;
import io.shardquake.harness.interpreter.HistorySink;
import io.shardquake.harness.sim.client.SimTransports;
import io.shardquake.harness.sim.network.SimNetwork;
import io.shardquake.harness.sim.node.NodeFacts;
import io.shardquake.harness.sim.node.SimCluster;
import io.shardquake.harness.sim.node.SimNode;
import io.shardquake.harness.sim.node.SimSlots;
import io.shardquake.harness.sim.node.Witness;
import io.shardquake.harness.sim.time.EventQueue;
import io.shardquake.harness.sim.time.SimScheduler;
import io.shardquake.harness.sim.time.SimTimer;
import io.shardquake.workloads.ClusterAccess;
import io.shardquake.workloads.Workload;
import io.shardquake.workloads.client.ClientFactory;
import io.shardquake.workloads.cluster.ClusterClients;
import io.shardquake.workloads.generator.Generator;
import io.shardquake.workloads.generator.RandomSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * One run of an experiment in virtual time, in the phases of a live one:
 *
 * <pre>
 *   form ─► traffic + faults ─► heal ─► wait until whole ─► final reads
 *             (safety)                       (liveness)
 * </pre>
 */
public final class SimulatedRun {
  /** How long the cluster may take to be formed, in events and in time. */
  private static final long FORMATION_NANOS = 60_000_000_000L;

  private static final long LOOK_NANOS = 50_000_000L;
  private static final int PORT = 6379;

  private final Experiment experiment;
  private final Workload workload;
  private final Generator traffic;
  private final World world;
  private final FaultCatalogue catalogue;
  private final EvidenceSink sink;
  private final EventQueue queue = new EventQueue();
  private final SimNetwork network;
  private final SimCluster cluster;
  private final List<SimNode> nodes = new ArrayList<>();
  private final SimSampler sampler;
  private final SimInterpreter interpreter;
  private final Strays strays;
  private final ClientFactory clients;
  private final Set<Value> keys = new LinkedHashSet<>();
  private Ending ending = Ending.STUCK;
  private boolean over;

  /** How a simulation ended. */
  public enum Ending {
    /** With its last read. */
    COMPLETE,
    /** The cluster could not be formed. */
    NOT_FORMED,
    /** Nothing was left that could happen. */
    STUCK,
    /** More events happened than were allowed. */
    TOO_MANY_EVENTS,
    /** Somebody has seen enough. */
    STOPPED
  }

  /**
   * A run that has not begun.
   *
   * @param traffic what clients ask before the final reads
   * @param witness sees what nodes do
   */
  public SimulatedRun(
      Experiment experiment,
      Workload workload,
      Generator traffic,
      World world,
      FaultCatalogue catalogue,
      EvidenceSink sink,
      Witness witness) {
    this.experiment = experiment;
    this.workload = workload;
    this.traffic = traffic;
    this.world = world;
    this.catalogue = catalogue;
    this.sink = sink;
    RandomSource random = RandomSource.seeded(experiment.seed());
    this.network = new SimNetwork(queue, world.network(), random.fork("network"));
    for (int number = 1; number <= experiment.cluster().nodeCount(); number++) {
      nodes.add(
          new SimNode(
              facts(number),
              world.machine(),
              queue,
              network,
              random.fork("node " + number),
              witness));
    }
    this.cluster = new SimCluster(queue, network, nodes);
    cluster.administerBy(new SimSlots(queue, cluster));
    this.sampler = new SimSampler(queue, cluster, world.sampling().toNanos(), this::sampled);
    this.strays =
        new Strays(queue, network, nodes, world.strays().toNanos(), random.fork("strays"), witness);
    this.clients =
        new ClusterClients(
            access(),
            workload.commands(experiment.workloadOptions()),
            new SimTransports(network),
            new SimTimer(queue));
    this.interpreter =
        new SimInterpreter(
            queue,
            experiment.traffic().concurrency(),
            random.fork("generator"),
            clients,
            new KeyedHistory(),
            experiment.traffic().drainBound());
  }

  private NodeFacts facts(int number) {
    SortedMap<String, String> directives = new TreeMap<>();
    directives.put("port", Integer.toString(PORT));
    directives.put("cluster-enabled", "yes");
    directives.put("protected-mode", "no");
    directives.put(
        "cluster-node-timeout", Long.toString(experiment.cluster().nodeTimeout().toMillis()));
    directives.put("appendonly", "yes");
    directives.put(
        "appendfsync", experiment.cluster().appendFsync().name().toLowerCase(Locale.ROOT));
    directives.put("save", "");
    directives.put("repl-diskless-sync-delay", "0");
    directives.put("enable-debug-command", "yes");
    for (String line : experiment.cluster().directives()) {
      String[] words = line.strip().split(" +", 2);
      directives.put(words[0], words.length > 1 ? words[1] : "");
    }
    return new NodeFacts(
        number, "n" + number, "10.0.0." + number, PORT, directives, experiment.cluster().defects());
  }

  private ClusterAccess access() {
    return new ClusterAccess(
        nodes.stream()
            .map(SimNode::facts)
            .map(node -> new ClusterAccess.Node(node.name(), node.ip(), node.port()))
            .toList(),
        experiment.traffic().operationTimeout());
  }

  /** The nodes, in their order. */
  public List<SimNode> nodes() {
    return List.copyOf(nodes);
  }

  /** Events that have happened so far. */
  public long events() {
    return queue.happened();
  }

  /** Nanoseconds that have passed. */
  public long nowNanos() {
    return queue.nowNanos();
  }

  /**
   * Lets everything happen. To be called once.
   *
   * @param enough looked at after every event: whether to stop
   */
  public Ending execute(BooleanSupplier enough) {
    Formation formation =
        new Formation(
            queue,
            cluster,
            nodes.stream().map(SimNode::facts).toList(),
            experiment.cluster().masters());
    CompletableFuture<Void> formed = formation.form();
    queue.follow(formed, this::traffic);
    queue.after(
        FORMATION_NANOS,
        () -> {
          if (!formed.isDone()) {
            end(Ending.NOT_FORMED);
          }
        });
    while (!over && queue.step()) {
      if (queue.happened() >= world.mostEvents()) {
        end(Ending.TOO_MANY_EVENTS);
      } else if (enough.getAsBoolean()) {
        end(Ending.STOPPED);
      }
    }
    return ending;
  }

  private void end(Ending how) {
    if (!over) {
      over = true;
      ending = how;
    }
  }

  private void traffic() {
    sampler.start();
    strays.start();
    Nemesis nemesis =
        new PlanNemesis(
            experiment.plan(),
            catalogue,
            cluster,
            new SimScheduler(queue),
            Bounds.DEFAULT,
            this::fault);
    nemesis.start();
    long until = queue.nowNanos() + experiment.time().toNanos();
    interpreter.run(
        traffic,
        until,
        () -> {
          strays.close();
          queue.follow(nemesis.heal(), () -> lookWhetherWhole(queue.nowNanos()));
        });
  }

  private void lookWhetherWhole(long begun) {
    List<CompletableFuture<TopologySample>> views =
        cluster.nodes().stream().map(cluster::view).toList();
    queue.follow(
        CompletableFuture.allOf(views.toArray(CompletableFuture[]::new)),
        () -> {
          Optional<String> missing =
              Wholeness.missing(views.stream().map(CompletableFuture::join).toList());
          long now = queue.nowNanos();
          if (missing.isEmpty() || now - begun > experiment.recoveryBound().toNanos()) {
            recovered(begun, missing);
          } else {
            queue.after(LOOK_NANOS, () -> lookWhetherWhole(begun));
          }
        });
  }

  private void recovered(long begun, Optional<String> missing) {
    long now = queue.nowNanos();
    fault(
        new FaultEvent(
            now,
            -1,
            missing.isEmpty() ? FaultEvent.Phase.HEALED : FaultEvent.Phase.HEAL_FAILED,
            ExperimentRun.RECOVERY,
            cluster.nodes(),
            missing.orElse("the cluster is whole"),
            new Value.Mapping(Map.of("nanos", Value.of(now - begun)))));
    interpreter.run(
        workload.finalGenerator(experiment.workloadOptions(), List.copyOf(keys)),
        now + experiment.recoveryBound().toNanos(),
        () ->
            new SimDatasets(
                    queue,
                    cluster,
                    nodes,
                    experiment.recoveryBound().toNanos(),
                    this::fault,
                    () -> queue.follow(sampler.sampleOnce(), this::complete))
                .compare());
  }

  private void complete() {
    sampler.close();
    interpreter.close();
    clients.close();
    end(Ending.COMPLETE);
  }

  private void sampled(TopologySample sample) {
    keep(() -> sink.sample(sample));
  }

  private void fault(FaultEvent event) {
    keep(() -> sink.fault(event));
  }

  private interface Keeping {
    void perform() throws IOException;
  }

  private static void keep(Keeping what) {
    try {
      what.perform();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Remembers which keys have to be read at the end. */
  private final class KeyedHistory implements HistorySink {
    @Override
    public void invoked(Invocation invocation) throws IOException {
      keys.add(invocation.key());
      sink.invoked(invocation);
    }

    @Override
    public void completed(int process, Completion completion) throws IOException {
      sink.completed(process, completion);
    }

    @Override
    public void flush() throws IOException {
      sink.flush();
    }
  }
}
