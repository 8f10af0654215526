package io.shardquake.node.core.cluster;

import io.shardquake.node.core.bus.SlotBitmap;
import io.shardquake.node.core.keyspace.HashSlot;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Who owns which slot, and which slots are on their way. Not thread-safe. */
final class SlotTable {
  private final @Nullable ClusterNode[] owners = new @Nullable ClusterNode[HashSlot.COUNT];
  private final BitSet notClaimed = new BitSet(HashSlot.COUNT);
  private final Map<Integer, ClusterNode> migrating = new TreeMap<>();
  private final Map<Integer, ClusterNode> importing = new TreeMap<>();

  private long changes;

  private BiConsumer<Integer, ClusterNode> onLoss = (slot, formerOwner) -> {};

  /** Calls {@code listener} with each slot that its owner ceases to own, and that owner. */
  void onLoss(BiConsumer<Integer, ClusterNode> listener) {
    this.onLoss = listener;
  }

  /** The owner of a slot, if it has one. */
  Optional<ClusterNode> owner(int slot) {
    return Optional.ofNullable(owners[slot]);
  }

  /** The first slot after this one that has another owner; {@link HashSlot#COUNT} if none has. */
  int endOfRun(int slot) {
    ClusterNode owner = owners[slot];
    int end = slot + 1;
    while (end < HashSlot.COUNT && owners[end] == owner) {
      end++;
    }
    return end;
  }

  /** How often a slot has changed hands. */
  long changes() {
    return changes;
  }

  boolean isOwnedBy(int slot, ClusterNode node) {
    return owners[slot] == node;
  }

  /**
   * Whether nobody owns the slot, or its owner has ceased to claim it, so that anybody may take it.
   */
  boolean isUnclaimed(int slot) {
    return owners[slot] == null || notClaimed.get(slot);
  }

  /** Whether there is a slot whose owner has ceased to claim it. */
  boolean anyUnclaimed() {
    return !notClaimed.isEmpty();
  }

  /** Notes that a slot's owner has ceased to claim it. */
  void unclaimed(int slot) {
    notClaimed.set(slot);
  }

  /** Notes which slots an owner claims again that it had ceased to claim. */
  void claimedAgain(ClusterNode owner, SlotBitmap claim) {
    for (int slot = notClaimed.nextSetBit(0); slot >= 0; slot = notClaimed.nextSetBit(slot + 1)) {
      if (owners[slot] == owner && claim.has(slot)) {
        notClaimed.clear(slot);
      }
    }
  }

  /** The identifier of a slot's owner; empty if it has none. */
  String ownerId(int slot) {
    ClusterNode owner = owners[slot];
    return owner == null ? "" : owner.id();
  }

  /** Gives a slot to a node, whoever had it. */
  void assign(int slot, ClusterNode to) {
    ClusterNode old = owners[slot];
    if (old != null) {
      old.slots().remove(slot);
      onLoss.accept(slot, old);
    }
    owners[slot] = to;
    changes++;
    to.slots().add(slot);
    notClaimed.clear(slot);
  }

  /** Takes a slot from its owner; false if it had none. */
  boolean unassign(int slot) {
    ClusterNode old = owners[slot];
    if (old == null) {
      return false;
    }
    old.slots().remove(slot);
    onLoss.accept(slot, old);
    owners[slot] = null;
    changes++;
    notClaimed.clear(slot);
    return true;
  }

  /** Takes all of a node's slots from it. */
  void unassignAll(ClusterNode node) {
    for (int slot = 0; slot < HashSlot.COUNT; slot++) {
      if (owners[slot] == node) {
        unassign(slot);
      }
    }
  }

  /** Slots of this node that move away, with where to, in order of slots. */
  Map<Integer, ClusterNode> migrating() {
    return migrating;
  }

  /** Slots that move to this node, with where from, in order of slots. */
  Map<Integer, ClusterNode> importing() {
    return importing;
  }

  /** Forgets which slots are on their way. */
  void closeAll() {
    migrating.clear();
    importing.clear();
  }

  /** Forgets whatever names a node that is to be deleted. */
  void forget(ClusterNode node) {
    unassignAll(node);
    migrating.values().removeIf(other -> other == node);
    importing.values().removeIf(other -> other == node);
  }
}
