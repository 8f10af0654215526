package io.shardquake.harness.junit;

import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.harness.target.NodeEndpoint;
import io.shardquake.harness.target.RunningCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * A cluster under test. As a {@link Callable} it tells what its nodes say, so that conditions can
 * be awaited: {@code await().until(cluster, agreesOnSlots())}. Thread-safe.
 */
public final class ChaosCluster implements Callable<ClusterObservation> {
  private final RunningCluster cluster;

  ChaosCluster(RunningCluster cluster) {
    this.cluster = cluster;
  }

  RunningCluster running() {
    return cluster;
  }

  /** The names of all nodes, {@code n1} and so on, masters first when the cluster was formed. */
  public List<String> nodes() {
    return cluster.nodes();
  }

  /** Where clients connect to, in the order of {@link #nodes()}. */
  public List<NodeEndpoint> endpoints() {
    return cluster.endpoints();
  }

  /** As cluster clients want it: {@code host:port} of all nodes, joined by commas. */
  public String addresses() {
    return String.join(
        ",", endpoints().stream().map(node -> node.host() + ":" + node.port()).toList());
  }

  /** Which server it is. */
  public String server() {
    return cluster.serverDescription().toString();
  }

  /** What all nodes say now. */
  @Override
  public ClusterObservation call() {
    List<CompletableFuture<TopologySample>> asked =
        nodes().stream().map(node -> cluster.view(node).toCompletableFuture()).toList();
    return new ClusterObservation(asked.stream().map(CompletableFuture::join).toList());
  }

  /**
   * The master that serves a key, in its own eyes.
   *
   * @throws IllegalStateException if there is none now
   */
  public String masterOf(String key) {
    int slot = KeySlot.of(key);
    ClusterObservation seen = call();
    return nodes().stream()
        .filter(
            node ->
                self(seen, node).filter(it -> it.is(NodeFlag.MASTER) && it.owns(slot)).isPresent())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no node serves the key " + key + " now"));
  }

  /** The replicas of the master that serves a key, in their own eyes. */
  public List<String> replicasOf(String key) {
    String master = masterOf(key);
    ClusterObservation seen = call();
    String id = self(seen, master).map(NodeView::id).orElse("");
    List<String> replicas = new ArrayList<>();
    for (String node : nodes()) {
      self(seen, node)
          .filter(it -> it.master().equals(Optional.of(id)))
          .ifPresent(it -> replicas.add(node));
    }
    return replicas;
  }

  /** Nodes that hold themselves to be masters of slots. */
  public List<String> masters() {
    ClusterObservation seen = call();
    return nodes().stream()
        .filter(
            node ->
                self(seen, node)
                    .filter(it -> it.is(NodeFlag.MASTER) && it.slotCount() > 0)
                    .isPresent())
        .toList();
  }

  private static Optional<NodeView> self(ClusterObservation seen, String node) {
    return seen.view(node).flatMap(ClusterView::myself);
  }
}
