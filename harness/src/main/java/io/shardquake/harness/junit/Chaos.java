package io.shardquake.harness.junit;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.checkers.history.Value;
import io.shardquake.faults.NodeStatus;
import io.shardquake.faults.network.Impairment;
import io.shardquake.faults.network.Imposition;
import io.shardquake.faults.network.Network;
import io.shardquake.faults.network.Partition;
import io.shardquake.faults.network.PartitionShape;
import io.shardquake.faults.network.Plane;
import io.shardquake.faults.network.Ways;
import io.shardquake.harness.target.RunningCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.awaitility.Awaitility;

/**
 * Breaks a cluster: each method returns when the fault has bitten. What is not healed by the test
 * is healed when it ends. Thread-safe.
 */
public final class Chaos {
  private final ChaosCluster cluster;
  private final long seed;
  private final LongSupplier clock;
  private final List<Disturbance> open = new ArrayList<>();
  private final List<FaultEvent> events = new ArrayList<>();
  private int faults;

  Chaos(ChaosCluster cluster, long seed, LongSupplier clock) {
    this.cluster = cluster;
    this.seed = seed;
    this.clock = clock;
  }

  /** Ends processes without warning (SIGKILL); healing starts them again on their data. */
  public Disturbance kill(NodeChoice whom) {
    List<String> nodes = whom.nodes(cluster, seed);
    RunningCluster running = cluster.running();
    return begin(
        "kill",
        nodes,
        Map.of(),
        () -> forAll(nodes, running::kill),
        () ->
            forAll(
                nodes,
                node ->
                    running.status(node).state() == NodeStatus.State.DEAD
                        ? running.start(node)
                        : CompletableFuture.completedStage(null)));
  }

  /** Stops processes from running (SIGSTOP); healing lets them go on. */
  public Disturbance pause(NodeChoice whom) {
    List<String> nodes = whom.nodes(cluster, seed);
    RunningCluster running = cluster.running();
    return begin(
        "pause",
        nodes,
        Map.of(),
        () -> forAll(nodes, running::pause),
        () ->
            forAll(
                nodes,
                node ->
                    running.status(node).state() == NodeStatus.State.PAUSED
                        ? running.resume(node)
                        : CompletableFuture.completedStage(null)));
  }

  /** Cuts nodes off from all others, both ways; clients still reach them. */
  public Disturbance partition(NodeChoice whom) {
    List<String> nodes = whom.nodes(cluster, seed);
    Network network =
        cluster
            .running()
            .network()
            .orElseThrow(() -> new IllegalStateException("the links of this target cannot be cut"));
    Imposition[] imposed = new Imposition[1];
    return begin(
        "partition",
        nodes,
        Map.of("with.planes", Value.of("replication,bus")),
        () -> {
          imposed[0] =
              network.impose(
                  new Partition(
                          PartitionShape.APART, Ways.BOTH, EnumSet.of(Plane.BUS, Plane.REPLICATION))
                      .directions(cluster.nodes(), nodes, 0),
                  Impairment.dropping());
          imposed[0].inForce().toCompletableFuture().join();
        },
        () -> imposed[0].lift().toCompletableFuture().join());
  }

  private static void forAll(List<String> nodes, Function<String, CompletionStage<Void>> what) {
    nodes.stream()
        .map(node -> what.apply(node).toCompletableFuture())
        .toList()
        .forEach(CompletableFuture::join);
  }

  /**
   * @param how it is done, in the words of a plan, which checkers read
   */
  private synchronized Disturbance begin(
      String kind, List<String> nodes, Map<String, Value> how, Runnable strike, Runnable cure) {
    int number = faults++;
    record(number, Phase.INJECT, kind, nodes, how);
    strike.run();
    record(number, Phase.BIT, kind, nodes, how);
    Disturbance disturbance =
        new Lasting(
            () -> {
              record(number, Phase.HEAL, kind, nodes, how);
              cure.run();
              record(number, Phase.HEALED, kind, nodes, how);
            });
    open.add(disturbance);
    return disturbance;
  }

  private void record(
      int fault, Phase phase, String kind, List<String> nodes, Map<String, Value> how) {
    synchronized (events) {
      events.add(
          new FaultEvent(clock.getAsLong(), fault, phase, kind, nodes, "", new Value.Mapping(how)));
    }
  }

  /** What happened so far. */
  List<FaultEvent> events() {
    synchronized (events) {
      return List.copyOf(events);
    }
  }

  /** Heals all that is broken, the last first. */
  public synchronized void healAll() {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).heal();
    }
    open.clear();
  }

  private static final class Lasting implements Disturbance {
    private final Runnable cure;
    private boolean healed;

    Lasting(Runnable cure) {
      this.cure = cure;
    }

    @Override
    public synchronized void heal() {
      if (!healed) {
        healed = true;
        cure.run();
      }
    }

    @Override
    public void during(Duration time) {
      long end = System.nanoTime() + time.toNanos();
      Awaitility.await()
          .pollInSameThread()
          .atMost(time.plusSeconds(1))
          .until(() -> System.nanoTime() >= end);
      heal();
    }
  }
}
