package io.shardquake.harness.cluster;

import io.shardquake.checkers.topology.SlotRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which nodes of a new cluster become masters and which replicate whom, so that as few
 * hosts as possible hold two copies of the same slots.
 *
 * <p>Masters are taken from the hosts in turn. Replicas are dealt out in rounds, one to each
 * master, and then exchanged in pairs as long as an exchange lowers the number of copies that share
 * a host. Deterministic; the order of the nodes breaks ties.
 */
public final class ReplicaPlacement {
  /** A replica beside its master is worse than two replicas beside each other. */
  private static final int BESIDE_MASTER = 1000;

  private final List<NodeAddress> masters;
  private final List<List<NodeAddress>> replicas = new ArrayList<>();

  private ReplicaPlacement(List<NodeAddress> masters) {
    this.masters = masters;
    masters.forEach(master -> replicas.add(new ArrayList<>()));
  }

  /**
   * Plans a cluster of these nodes.
   *
   * @param nodes all nodes
   * @param replicasPerMaster at least that many for each master; nodes left over become replicas
   *     too
   * @throws IllegalArgumentException with a message for the user if the nodes are too few for three
   *     masters
   */
  public static FormationPlan plan(List<NodeAddress> nodes, int replicasPerMaster) {
    int masterCount = nodes.size() / (replicasPerMaster + 1);
    if (masterCount < 3) {
      throw new IllegalArgumentException(
          "a cluster needs at least 3 masters, with "
              + replicasPerMaster
              + " replicas each "
              + 3 * (replicasPerMaster + 1)
              + " nodes, but "
              + nodes.size()
              + " were given");
    }
    return ofMasters(nodes, masterCount);
  }

  /**
   * Plans a cluster of these nodes.
   *
   * @param nodes all nodes
   * @param masterCount how many of them become masters; the others become replicas
   * @throws IllegalArgumentException with a message for the user if those are fewer than three, or
   *     more than there are nodes
   */
  public static FormationPlan ofMasters(List<NodeAddress> nodes, int masterCount) {
    if (masterCount < 3 || masterCount > nodes.size()) {
      throw new IllegalArgumentException(
          "a cluster needs at least 3 masters, and a node for each: not "
              + masterCount
              + " of "
              + nodes.size()
              + " nodes");
    }
    List<NodeAddress> byTurns = byTurns(nodes);
    ReplicaPlacement placement = new ReplicaPlacement(byTurns.subList(0, masterCount));
    placement.deal(byTurns.subList(masterCount, byTurns.size()));
    placement.exchange();
    return placement.toPlan();
  }

  /** The nodes with their hosts taking turns, so that a prefix uses as many hosts as possible. */
  private static List<NodeAddress> byTurns(List<NodeAddress> nodes) {
    Map<String, Deque<NodeAddress>> byHost = new LinkedHashMap<>();
    nodes.forEach(
        node -> byHost.computeIfAbsent(node.host(), host -> new ArrayDeque<>()).add(node));
    List<NodeAddress> result = new ArrayList<>(nodes.size());
    Collection<Deque<NodeAddress>> hosts = byHost.values();
    while (result.size() < nodes.size()) {
      hosts.stream().filter(queue -> !queue.isEmpty()).forEach(queue -> result.add(queue.poll()));
    }
    return result;
  }

  private void deal(List<NodeAddress> rest) {
    List<NodeAddress> left = new ArrayList<>(rest);
    for (int shard = 0; !left.isEmpty(); shard = (shard + 1) % masters.size()) {
      int receiver = shard;
      NodeAddress best =
          Collections.min(left, Comparator.comparingInt(node -> costOfAdding(node, receiver)));
      left.remove(best);
      replicas.get(shard).add(best);
    }
  }

  private int costOfAdding(NodeAddress node, int shard) {
    int besideReplicas =
        (int) replicas.get(shard).stream().filter(r -> r.host().equals(node.host())).count();
    return besideReplicas + (node.host().equals(masters.get(shard).host()) ? BESIDE_MASTER : 0);
  }

  private void exchange() {
    boolean improved = true;
    while (improved) {
      improved = false;
      for (int a = 0; a < masters.size(); a++) {
        for (int b = a + 1; b < masters.size(); b++) {
          improved |= exchangeBetween(a, b);
        }
      }
    }
  }

  private boolean exchangeBetween(int a, int b) {
    for (int i = 0; i < replicas.get(a).size(); i++) {
      for (int j = 0; j < replicas.get(b).size(); j++) {
        int before = cost(a) + cost(b);
        swap(a, i, b, j);
        if (cost(a) + cost(b) < before) {
          return true;
        }
        swap(a, i, b, j);
      }
    }
    return false;
  }

  private void swap(int a, int i, int b, int j) {
    NodeAddress moved = replicas.get(a).get(i);
    replicas.get(a).set(i, replicas.get(b).get(j));
    replicas.get(b).set(j, moved);
  }

  /** How badly the copies of one shard share hosts. */
  private int cost(int shard) {
    List<NodeAddress> own = replicas.get(shard);
    int cost = 0;
    for (int i = 0; i < own.size(); i++) {
      String host = own.get(i).host();
      cost += host.equals(masters.get(shard).host()) ? BESIDE_MASTER : 0;
      cost += (int) own.subList(0, i).stream().filter(r -> r.host().equals(host)).count();
    }
    return cost;
  }

  private FormationPlan toPlan() {
    List<SlotRange> slots = SlotAllocation.even(masters.size());
    List<FormationPlan.Shard> shards = new ArrayList<>();
    for (int i = 0; i < masters.size(); i++) {
      shards.add(new FormationPlan.Shard(masters.get(i), slots.get(i), replicas.get(i)));
    }
    return new FormationPlan(shards);
  }
}
