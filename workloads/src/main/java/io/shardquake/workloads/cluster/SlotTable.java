package io.shardquake.workloads.cluster;

import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.workloads.ClusterAccess;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Which node is believed to serve which slot, and every node ever heard of. A belief may be wrong;
 * then the node that is asked says so. Before anything is known the slots are spread over the nodes
 * that are known beforehand. Shared by all clients of a cluster; thread-safe.
 */
final class SlotTable {
  private final Map<Endpoint, ClusterNode> nodes = new ConcurrentHashMap<>();
  private final AtomicReferenceArray<ClusterNode> owners =
      new AtomicReferenceArray<>(SlotRange.SLOTS);
  private final AtomicReferenceArray<@Nullable ClusterNode> replicas =
      new AtomicReferenceArray<>(SlotRange.SLOTS);
  private final List<ClusterNode> seeds;

  SlotTable(List<ClusterAccess.Node> known) {
    this.seeds =
        known.stream()
            .map(node -> new ClusterNode(node.name(), new Endpoint(node.host(), node.port())))
            .toList();
    for (ClusterNode seed : seeds) {
      nodes.put(seed.endpoint(), seed);
    }
    for (int slot = 0; slot < SlotRange.SLOTS; slot++) {
      owners.setPlain(slot, seeds.get(slot % seeds.size()));
    }
  }

  /** The nodes that were known beforehand. */
  List<ClusterNode> seeds() {
    return seeds;
  }

  ClusterNode owner(int slot) {
    return owners.getAcquire(slot);
  }

  /** A node that is believed to replicate the owner; the owner if none is known. */
  ClusterNode replica(int slot) {
    ClusterNode known = replicas.getAcquire(slot);
    return known != null ? known : owner(slot);
  }

  /** The node at an endpoint, which is remembered if it was not known. */
  ClusterNode node(Endpoint endpoint) {
    ClusterNode known = nodes.get(endpoint);
    return known != null
        ? known
        : nodes.computeIfAbsent(endpoint, unknown -> new ClusterNode(unknown.toString(), unknown));
  }

  /** Believes from now on that these nodes replicate the owner of the slots. */
  void assignReplicas(SlotRange slots, List<ClusterNode> nodesOfOwner) {
    for (int slot = slots.first(); slot <= slots.last(); slot++) {
      replicas.setRelease(slot, nodesOfOwner.isEmpty() ? null : nodesOfOwner.get(0));
    }
  }

  /** Believes from now on that the node serves the slots. */
  void assign(SlotRange slots, ClusterNode owner) {
    for (int slot = slots.first(); slot <= slots.last(); slot++) {
      owners.setRelease(slot, owner);
    }
  }
}
