package io.shardquake.node.core.cluster;

import io.shardquake.node.core.keyspace.HashSlot;

/** How this node and others change between master and replica. */
final class Roles {
  private final ClusterState state;
  private final ReplicationRole replication;
  private final Runnable abortManualFailover;

  /**
   * The rules of roles.
   *
   * @param abortManualFailover run when this node becomes a replica
   */
  Roles(ClusterState state, ReplicationRole replication, Runnable abortManualFailover) {
    this.state = state;
    this.replication = replication;
    this.abortManualFailover = abortManualFailover;
  }

  /**
   * Makes this node, which must own no slots, a replica of another.
   *
   * @param successor whether that has taken the place of its master, or its own, so that what this
   *     node has is what that had too
   */
  void becomeReplicaOf(ClusterNode master, boolean successor) {
    ClusterNode me = state.myself();
    me.clear(NodeFlag.MASTER);
    me.clear(NodeFlag.MIGRATE_TO);
    me.set(NodeFlag.REPLICA);
    state.slots().closeAll();
    boolean stays = me.master().orElse(null) == master;
    me.follow(master);
    if (successor || stays) {
      replication.follow(master.ip(), master.port());
    } else {
      replication.followStranger(master.ip(), master.port());
    }
    abortManualFailover.run();
    state.wantSync();
    state.wantEvaluation();
  }

  /** Makes this replica a master in its master's place, with all of its slots. */
  void promote() {
    ClusterNode me = state.myself();
    ClusterNode old = me.master().orElseThrow();
    turnMaster(me);
    replication.lead();
    for (int slot = 0; slot < HashSlot.COUNT; slot++) {
      if (state.slots().isOwnedBy(slot, old)) {
        state.slots().assign(slot, me);
      }
    }
    state.wantSync();
    state.wantEvaluation();
  }

  /** A node says that it is a master. */
  void turnMaster(ClusterNode node) {
    if (node.isMaster()) {
      return;
    }
    node.unfollow();
    if (!node.isMyself()) {
      node.set(NodeFlag.MIGRATE_TO);
    }
    node.clear(NodeFlag.REPLICA);
    node.set(NodeFlag.MASTER);
    state.wantSave();
    state.wantEvaluation();
  }

  /** A node says that it is a replica, of a master that may be unknown. */
  void turnReplica(ClusterNode node, String masterId) {
    if (node.isMaster()) {
      state.slots().unassignAll(node);
      node.clear(NodeFlag.MASTER);
      node.clear(NodeFlag.MIGRATE_TO);
      node.set(NodeFlag.REPLICA);
      state.wantSave();
      state.wantEvaluation();
    }
    ClusterNode master = state.nodes().get(masterId);
    if (master != null && node.master().orElse(null) != master) {
      node.follow(master);
      state.wantSave();
    }
  }
}
