package io.shardquake.node.core.cluster;

/**
 * What an observer may know of a node's part in its cluster, read at this moment and without
 * effect: for those who check rules that must hold after every turn. Not thread-safe.
 */
public final class ClusterInsight {
  private final ClusterState state;
  private final ReplicationRole replication;

  ClusterInsight(ClusterState state, ReplicationRole replication) {
    this.state = state;
    this.replication = replication;
  }

  /** The node's identifier. */
  public String id() {
    return state.myself().id();
  }

  public boolean isMaster() {
    return state.myself().isMaster();
  }

  /** The identifier of the master that it follows; empty if it follows none. */
  public String masterId() {
    return state.myself().master().map(ClusterNode::id).orElse("");
  }

  /** Whether it holds the cluster for up. */
  public boolean isOk() {
    return state.isOk();
  }

  /** The greatest epoch that it has seen. */
  public long currentEpoch() {
    return state.currentEpoch;
  }

  /** The epoch of its own configuration. */
  public long configEpoch() {
    return state.myself().configEpoch();
  }

  /** The epoch in which it voted last. */
  public long lastVoteEpoch() {
    return state.lastVoteEpoch;
  }

  /** How far its replication stream has come. */
  public long replicationOffset() {
    return replication.offset();
  }

  /** Whether it is a replica whose link to its master is up. */
  public boolean isLinkUp() {
    return replication.isLinkUp();
  }

  /** Grows with every change of owner of any slot in its table. */
  public long slotChanges() {
    return state.slots().changes();
  }

  /** How many slots it owns. */
  public int slotCount() {
    return state.myself().slots().count();
  }

  /** Whether it owns the slot by its own belief. */
  public boolean owns(int slot) {
    return state.slots().isOwnedBy(slot, state.myself());
  }

  /** The identifier of whom it takes for the owner of the slot; empty if nobody is. */
  public String ownerOf(int slot) {
    return state.slots().owner(slot).map(ClusterNode::id).orElse("");
  }
}
