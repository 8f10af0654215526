package io.shardquake.harness.cluster.fix;

import io.shardquake.checkers.topology.OpenSlot.Direction;
import io.shardquake.harness.cluster.NodeReport;
import io.shardquake.harness.cluster.state.AbsentNode;
import io.shardquake.harness.cluster.state.ClusterSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that is known about one slot.
 *
 * @param slot which
 * @param masters those that can be reached, by identifier
 * @param keys how many keys of the slot each master holds
 * @param replicas master of each replica that can be reached
 * @param believed whom nodes that do not own it take for its owner, the most frequent first
 * @param absentHolders nodes that cannot be reached and are still taken for owners of slots
 */
record SlotSituation(
    int slot,
    NavigableMap<String, Master> masters,
    Map<String, Long> keys,
    Map<String, String> replicas,
    List<String> believed,
    List<String> absentHolders) {

  /**
   * What a master says about the slot.
   *
   * @param owns whether it says that it owns it
   * @param slotCount how many slots it owns in all
   * @param epoch its configuration epoch
   * @param migratingTo whom it gives the slot to
   * @param importingFrom whom it expects the slot from
   * @param believes whom it takes for the owner
   */
  record Master(
      boolean owns,
      int slotCount,
      long epoch,
      Optional<String> migratingTo,
      Optional<String> importingFrom,
      Optional<String> believes) {
    boolean isMarked() {
      return migratingTo.isPresent() || importingFrom.isPresent();
    }
  }

  static SlotSituation of(ClusterSnapshot snapshot, int slot, Map<String, Long> keys) {
    NavigableMap<String, Master> masters = new TreeMap<>();
    Map<String, String> replicas = new TreeMap<>();
    Map<String, Integer> votes = new TreeMap<>();
    List<Optional<String>> beliefs = snapshot.believedOwners(slot);
    for (int i = 0; i < beliefs.size(); i++) {
      NodeReport node = snapshot.reports().get(i);
      Optional<String> believes = beliefs.get(i);
      believes.ifPresent(id -> votes.merge(id, 1, Integer::sum));
      if (node.isMaster()) {
        masters.put(
            node.id(),
            new Master(
                node.myself().owns(slot),
                node.myself().slotCount(),
                node.myself().configEpoch(),
                ClusterSnapshot.mark(node, slot, Direction.MIGRATING),
                ClusterSnapshot.mark(node, slot, Direction.IMPORTING),
                believes));
      } else {
        node.myself().master().ifPresent(master -> replicas.put(node.id(), master));
      }
    }
    List<String> believed = new ArrayList<>(votes.keySet());
    believed.sort(Comparator.comparing(id -> -votes.get(id)));
    List<String> absentHolders =
        snapshot.absent().stream()
            .filter(node -> !node.view().slots().isEmpty())
            .map(AbsentNode::id)
            .toList();
    return new SlotSituation(slot, masters, keys, replicas, believed, absentHolders);
  }

  long keysOn(String id) {
    return keys.getOrDefault(id, 0L);
  }

  /** Masters that hold keys of the slot, those with most first. */
  List<String> holders() {
    return masters.keySet().stream()
        .filter(id -> keysOn(id) > 0)
        .sorted(Comparator.comparing(id -> -keysOn(id)))
        .toList();
  }

  /** Masters that say they own the slot, the one with the highest epoch first. */
  List<String> owners() {
    return masters.entrySet().stream()
        .filter(entry -> entry.getValue().owns())
        .sorted(Comparator.comparing(entry -> -entry.getValue().epoch()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
