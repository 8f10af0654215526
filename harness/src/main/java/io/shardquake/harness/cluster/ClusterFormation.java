package io.shardquake.harness.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Makes a cluster of empty nodes.
 *
 * <p>Order: every node gets a config epoch of its own, which it accepts only while alone, so that
 * no epoch collision has to be resolved later; the masters claim their slots; the nodes meet; each
 * replica is attached as soon as it has learned its master's name. Done when every node says that
 * the cluster is ok, knows all others by name and agrees on the slots, and every replica's link to
 * its master is up.
 */
public final class ClusterFormation {
  /**
   * Up to this size every node is told of every other; in a larger cluster only of the first, and
   * gossip does the rest. Telling all saves the second or so that gossip needs, at a number of
   * requests that grows with the square of the nodes.
   */
  private static final int FULL_MESH = 16;

  private final ClusterConnections connections;
  private final Duration limit;

  /**
   * @param connections opens the connections to the nodes; they are closed again when done
   * @param limit how long forming may take
   */
  public ClusterFormation(ClusterConnections connections, Duration limit) {
    this.connections = connections;
    this.limit = limit;
  }

  /**
   * Forms the cluster.
   *
   * @return the node identifier of each address
   * @throws ClusterException if a node is not reachable, not empty, or refuses a step, or if the
   *     cluster is not ready in time; the nodes are left as they are
   */
  public Map<NodeAddress, String> form(FormationPlan plan)
      throws ClusterException, InterruptedException {
    List<NodeConnection> nodes = connectAll(plan.nodes());
    try {
      Map<NodeAddress, String> ids = identify(nodes);
      claim(plan, nodes);
      meet(nodes);
      attachReplicas(plan, nodes, ids);
      Readiness.await(limit, () -> missing(nodes));
      return ids;
    } finally {
      nodes.forEach(NodeConnection::close);
    }
  }

  /** A replica that takes in its master's data may answer nothing else meanwhile. */
  private static Optional<String> missing(List<NodeConnection> nodes)
      throws ClusterException, InterruptedException {
    try {
      return ClusterHealth.missing(Answers.awaitAll(nodes, NodeReport::of));
    } catch (ClusterException refusal) {
      if (refusal.getMessage().contains("LOADING")) {
        return Optional.of(refusal.getMessage());
      }
      throw refusal;
    }
  }

  /**
   * Does nothing but look.
   *
   * @throws ClusterException if a node is not reachable or not empty
   */
  public void inspect(FormationPlan plan) throws ClusterException, InterruptedException {
    List<NodeConnection> nodes = connectAll(plan.nodes());
    try {
      identify(nodes);
    } finally {
      nodes.forEach(NodeConnection::close);
    }
  }

  private List<NodeConnection> connectAll(List<NodeAddress> addresses)
      throws ClusterException, InterruptedException {
    List<CompletableFuture<NodeConnection>> pending =
        addresses.stream().map(connections::connect).toList();
    List<NodeConnection> nodes = new ArrayList<>();
    for (int i = 0; i < pending.size(); i++) {
      try {
        nodes.add(pending.get(i).get());
      } catch (ExecutionException e) {
        pending.forEach(NodeConnection::closeWhenOpen);
        throw new ClusterException(addresses.get(i) + ": " + Failures.reason(e), e);
      }
    }
    return nodes;
  }

  private static Map<NodeAddress, String> identify(List<NodeConnection> nodes)
      throws ClusterException, InterruptedException {
    Map<NodeAddress, String> ids = new HashMap<>();
    for (NodeConnection node : nodes) {
      ids.put(node.address(), EmptyNode.require(node).id());
    }
    return ids;
  }

  private void claim(FormationPlan plan, List<NodeConnection> nodes)
      throws ClusterException, InterruptedException {
    Map<NodeAddress, FormationPlan.Shard> shards = new HashMap<>();
    plan.shards().forEach(shard -> shards.put(shard.master(), shard));
    Map<NodeAddress, Integer> epochs = new HashMap<>();
    nodes.forEach(node -> epochs.put(node.address(), epochs.size() + 1));
    Answers.awaitAll(
        nodes,
        node ->
            node.text("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(epochs.get(node.address())))
                // A node that was in a cluster before keeps its epoch; a collision that this may
                // cause is resolved by the nodes themselves.
                .exceptionally(Failures::reason));
    Answers.awaitAll(
        nodes.stream().filter(node -> shards.containsKey(node.address())).toList(),
        node -> node.addSlots(shards.get(node.address()).slots()));
  }

  private void meet(List<NodeConnection> nodes) throws ClusterException, InterruptedException {
    int introduced = nodes.size() <= FULL_MESH ? nodes.size() : 1;
    for (int i = 0; i < introduced; i++) {
      NodeAddress known = nodes.get(i).address();
      Answers.awaitAll(
          nodes.subList(i + 1, nodes.size()),
          node -> node.text("CLUSTER", "MEET", known.host(), Integer.toString(known.port())));
    }
  }

  private void attachReplicas(
      FormationPlan plan, List<NodeConnection> nodes, Map<NodeAddress, String> ids)
      throws ClusterException, InterruptedException {
    Map<NodeAddress, String> masters = new HashMap<>();
    plan.shards()
        .forEach(
            shard -> shard.replicas().forEach(node -> masters.put(node, ids.get(shard.master()))));
    List<NodeConnection> waiting =
        new ArrayList<>(nodes.stream().filter(n -> masters.containsKey(n.address())).toList());
    Readiness.await(
        limit,
        () -> {
          waiting.removeAll(attachThoseThatKnow(masters, waiting));
          return waiting.stream()
              .findFirst()
              .map(node -> node.address() + " has not met its master");
        });
  }

  /** Attaches the replicas that know their masters by name already, and returns them. */
  private static List<NodeConnection> attachThoseThatKnow(
      Map<NodeAddress, String> masters, List<NodeConnection> replicas)
      throws ClusterException, InterruptedException {
    List<NodeReport> reports = Answers.awaitAll(replicas, NodeReport::of);
    List<NodeConnection> informed = new ArrayList<>();
    for (int i = 0; i < replicas.size(); i++) {
      String master = masters.get(replicas.get(i).address());
      if (reports.get(i).view().node(master).isPresent()) {
        informed.add(replicas.get(i));
      }
    }
    Answers.awaitAll(
        informed, node -> node.text("CLUSTER", "REPLICATE", masters.get(node.address())));
    return informed;
  }
}
