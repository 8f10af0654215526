package io.shardquake.faults.nemesis;

import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.SlotRange;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who is master of what, put together from the views of all nodes that answered. Where views
 * contradict each other, the claim with the greatest config epoch holds, as it would among the
 * nodes (Redis Cluster specification, "hash slots configuration propagation"); for equal epochs,
 * about itself a node knows best, and else the first observer.
 *
 * <p>Nodes are called by the harness's names; what views say about a node whose name is not known
 * is left out.
 */
final class ClusterPicture {
  private final List<String> names;
  private final SortedMap<String, String> nameOfId;
  private final Claim[] owners = new Claim[SlotRange.SLOTS];

  /** By node, the master that it replicates; an empty name for masters. */
  private final SortedMap<String, Claim> followed = new TreeMap<>();

  /** That somebody is owner or master, by whom it was said with which authority. */
  private record Claim(String name, long epoch, boolean ofItself) {
    static final Claim NOBODY = new Claim("", -1, false);

    boolean beats(Claim other) {
      return epoch > other.epoch || (epoch == other.epoch && ofItself && !other.ofItself);
    }
  }

  /**
   * @param names all nodes in the cluster's order
   * @param views of those that answered, by the observer's name
   * @param nameOfId the names of the nodes whose ids are known
   */
  ClusterPicture(
      List<String> names, Map<String, ClusterView> views, SortedMap<String, String> nameOfId) {
    this.names = List.copyOf(names);
    this.nameOfId = nameOfId;
    Arrays.fill(owners, Claim.NOBODY);
    for (String observer : names) {
      Optional.ofNullable(views.get(observer)).ifPresent(view -> view.nodes().forEach(this::heed));
    }
  }

  private void heed(NodeView node) {
    Optional<String> name = nameOf(node.id());
    if (name.isEmpty()) {
      return;
    }
    boolean ofItself = node.is(NodeFlag.MYSELF);
    Claim owner = new Claim(name.get(), node.configEpoch(), ofItself);
    for (SlotRange range : node.slots()) {
      for (int slot = range.first(); slot <= range.last(); slot++) {
        owners[slot] = owner.beats(owners[slot]) ? owner : owners[slot];
      }
    }
    String master = node.master().flatMap(this::nameOf).orElse("");
    Claim follows = new Claim(master, node.configEpoch(), ofItself);
    followed.merge(name.get(), follows, (old, now) -> now.beats(old) ? now : old);
  }

  private Optional<String> nameOf(String id) {
    return Optional.ofNullable(nameOfId.get(id));
  }

  /** Who owns this slot. */
  Optional<String> owner(int slot) {
    return Optional.of(owners[slot].name()).filter(name -> !name.isEmpty());
  }

  /** All that own a slot, in the cluster's order. */
  List<String> masters() {
    List<String> owning = Arrays.stream(owners).map(Claim::name).distinct().toList();
    return names.stream().filter(owning::contains).toList();
  }

  /** All that replicate this node, in the cluster's order. */
  List<String> replicas(String master) {
    List<String> owning = masters();
    return names.stream()
        .filter(name -> !owning.contains(name))
        .filter(name -> followed.getOrDefault(name, Claim.NOBODY).name().equals(master))
        .toList();
  }
}
