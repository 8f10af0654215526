package io.shardquake.harness.cluster;

import io.shardquake.checkers.topology.SlotRange;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a new cluster shall look like.
 *
 * @param shards its masters with their slots and replicas
 */
public record FormationPlan(List<Shard> shards) {
  /** A master, what it shall own, and who shall replicate it. */
  public record Shard(NodeAddress master, SlotRange slots, List<NodeAddress> replicas) {
    public Shard {
      replicas = List.copyOf(replicas);
    }
  }

  public FormationPlan {
    shards = List.copyOf(shards);
  }

  /** All nodes: first the masters, then their replicas. */
  public List<NodeAddress> nodes() {
    return Stream.concat(
            shards.stream().map(Shard::master), shards.stream().flatMap(s -> s.replicas().stream()))
        .toList();
  }
}
