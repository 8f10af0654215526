package io.shardquake.node.core.cluster;

import io.shardquake.node.core.bus.BusMessage;
import io.shardquake.node.core.bus.Header;
import io.shardquake.node.core.bus.MessageType;
import io.shardquake.node.core.bus.SlotBitmap;
import io.shardquake.node.core.defect.Defect;
import io.shardquake.node.core.keyspace.HashSlot;
import io.shardquake.node.core.keyspace.Keyspace;
import io.shardquake.node.core.propagation.Propagation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of slots when somebody claims them: the greater config epoch wins (Redis Cluster
 * specification, "Hash slots configuration propagation").
 */
final class SlotClaims {
  private final ClusterState state;
  private final ClusterBus bus;
  private final Roles roles;
  private final Keyspace keyspace;
  private final Propagation propagation;

  SlotClaims(
      ClusterState state, ClusterBus bus, Roles roles, Keyspace keyspace, Propagation propagation) {
    this.state = state;
    this.bus = bus;
    this.roles = roles;
    this.keyspace = keyspace;
    this.propagation = propagation;
  }

  /** A master claims slots at an epoch. */
  void claimed(ClusterNode claimant, long epoch, SlotBitmap claim) {
    if (claimant.isMyself()) {
      return;
    }
    ClusterNode mine = state.myMaster().orElse(null);
    Optional<ClusterNode> newMaster = Optional.empty();
    List<Integer> dirty = new ArrayList<>();
    int taken = 0;
    state.slots().claimedAgain(claimant, claim);
    for (int slot = claim.nextDifference(claimant.slots(), 0);
        slot < HashSlot.COUNT;
        slot = claim.nextDifference(claimant.slots(), slot + 1)) {
      if (!claim.has(slot)) {
        state.slots().unclaimed(slot);
        continue;
      }
      if (!yields(slot, claimant, epoch)) {
        continue;
      }
      ClusterNode owner = state.slots().owner(slot).orElse(null);
      if (owner != null && owner.isMyself() && keyspace.countInSlot(slot) > 0) {
        dirty.add(slot);
      }
      if (owner != null && owner == mine) {
        newMaster = Optional.of(claimant);
        taken++;
      }
      state.slots().assign(slot, claimant);
      state.wantSync();
      state.wantEvaluation();
    }
    settle(mine, newMaster, claim.count() == taken, dirty);
  }

  /** Whether a slot goes to a claimant at that epoch. */
  private boolean yields(int slot, ClusterNode claimant, long epoch) {
    Map<Integer, ClusterNode> importing = state.slots().importing();
    if (!importing.isEmpty() && importing.containsKey(slot)) {
      return false; // Only SETSLOT closes what an operator opened.
    }
    return state.slots().isUnclaimed(slot)
        || state.slots().owner(slot).map(owner -> isStronger(claimant, epoch, owner)).orElse(true);
  }

  private boolean isStronger(ClusterNode claimant, long epoch, ClusterNode owner) {
    if (epoch == owner.configEpoch() && state.has(Defect.LET_GREATER_ID_WIN)) {
      return claimant.id().compareTo(owner.id()) > 0;
    }
    return epoch > owner.configEpoch();
  }

  private void settle(
      @Nullable ClusterNode mine,
      Optional<ClusterNode> newMaster,
      boolean tookAllItClaims,
      List<Integer> dirty) {
    boolean mayFollow =
        (state.configuration().yes("cluster-allow-replica-migration") || tookAllItClaims)
            && !state.has(Defect.STAY_MASTER);
    if (newMaster.isPresent() && mine != null && mine.slots().count() == 0 && mayFollow) {
      roles.becomeReplicaOf(newMaster.get(), tookAllItClaims);
      return;
    }
    ClusterNode grandmaster = grandmaster();
    if (grandmaster != null) {
      roles.becomeReplicaOf(grandmaster, false);
      return;
    }
    dirty.forEach(this::drop);
  }

  /** Deletes the keys of a slot that has gone, here and wherever the effects of commands go. */
  private void drop(int slot) {
    keyspace.forEachInSlot(slot, (key, value) -> propagation.add("DEL", key));
    keyspace.clearPart(slot);
    propagation.endUnwrapped(0);
  }

  /** The master of this node's master, where that has become a replica of a third node. */
  private @Nullable ClusterNode grandmaster() {
    return state
        .myself()
        .master()
        .flatMap(ClusterNode::master)
        .filter(node -> !node.isMyself())
        .orElse(null);
  }

  /**
   * Tells a sender, once a message, of a slot that it claims though somebody has a greater epoch.
   */
  void correct(ClusterNode sender, Header header) {
    if (state.has(Defect.NEVER_SEND_UPDATE)) {
      return;
    }
    SlotBitmap claim = header.slots();
    for (int slot = claim.nextDifference(sender.slots(), 0);
        slot < HashSlot.COUNT;
        slot = claim.nextDifference(sender.slots(), slot + 1)) {
      if (!claim.has(slot) || state.slots().isUnclaimed(slot)) {
        continue;
      }
      ClusterNode owner = state.slots().owner(slot).orElseThrow();
      if (owner.configEpoch() > header.configEpoch()) {
        bus.send(
            sender,
            new BusMessage.Update(
                bus.header(MessageType.UPDATE, 0),
                owner.configEpoch(),
                owner.id(),
                claimedSlots(owner)));
        return;
      }
    }
  }

  private SlotBitmap claimedSlots(ClusterNode owner) {
    SlotBitmap claimed = owner.slots().copy();
    for (int slot = 0; slot < HashSlot.COUNT; slot++) {
      if (claimed.has(slot) && state.slots().isUnclaimed(slot)) {
        claimed.remove(slot);
      }
    }
    return claimed;
  }

  /** Somebody tells who owns slots that this node, or its master, claims. */
  void update(BusMessage.Update update) {
    ClusterNode node = state.known(update.node()).orElse(null);
    if (node == null || node.configEpoch() >= update.configEpoch()) {
      return;
    }
    roles.turnMaster(node);
    node.configEpoch(update.configEpoch());
    state.wantSync();
    claimed(node, update.configEpoch(), update.slots());
  }
}
