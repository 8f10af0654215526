package io.shardquake.node.core.cluster;

import java.util.Collections;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;

/**
 * What an observer may know of a node's part in its cluster, read at this moment and without
 * effect: for those who check rules that must hold after every turn. Not thread-safe.
 */
public final class ClusterInsight {
  private final ClusterState state;
  private final ReplicationRole replication;
  private final LongSupplier now;

  /**
   * @param now Unix milliseconds
   */
  ClusterInsight(ClusterState state, ReplicationRole replication, LongSupplier now) {
    this.state = state;
    this.replication = replication;
    this.now = now;
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
    return state.slots().ownerId(slot);
  }

  /** The address, {@code ip:port}, that clients are sent to for the slot. */
  public String addressOf(int slot) {
    return state.slots().owner(slot).map(node -> node.ip() + ":" + node.port()).orElse("");
  }

  /** Whether the slot is on its way to this node. */
  public boolean imports(int slot) {
    return state.slots().importing().containsKey(slot);
  }

  /** The slots that are on their way to this node, in ascending order. */
  public Set<Integer> importing() {
    return Collections.unmodifiableSet(state.slots().importing().keySet());
  }

  /** Whether there is a slot that its owner has ceased to claim, so that anybody may take it. */
  public boolean anyUnclaimed() {
    return state.slots().anyUnclaimed();
  }

  /** The epoch in which another node got its configuration, as far as is known; 0 if it is not. */
  public long epochOf(String id) {
    return state.known(id).map(ClusterNode::configEpoch).orElse(0L);
  }

  /** Calls with the identifier of each other node and the epoch of its configuration. */
  public void forEachEpoch(ObjLongConsumer<String> epoch) {
    for (ClusterNode node : state.nodes().values()) {
      if (!node.isMyself()) {
        epoch.accept(node.id(), node.configEpoch());
      }
    }
  }

  /** The identifier of the master that another node follows; empty if that is not known. */
  public String masterOf(String id) {
    return state.known(id).flatMap(ClusterNode::master).map(ClusterNode::id).orElse("");
  }

  /** Whether a majority holds another node to have failed, as far as this one knows. */
  public boolean holdsFailed(String id) {
    return state.known(id).map(node -> node.is(NodeFlag.FAIL)).orElse(false);
  }

  /** Calls with the identifier of each node that this one suspects, or holds to have failed. */
  public void forEachSuspect(Consumer<String> suspect) {
    for (ClusterNode node : state.nodes().values()) {
      if (node.isFailing()) {
        suspect.accept(node.id());
      }
    }
  }

  /** How many masters that have slots make a majority of them. */
  public int quorum() {
    return state.quorum();
  }

  /**
   * Of a replica, how many of its siblings have more of their master's data, as far as it knows.
   */
  public int siblingsAhead() {
    ClusterNode me = state.myself();
    return (int)
        me.master().stream()
            .flatMap(master -> master.replicas().values().stream())
            .filter(sibling -> sibling != me && !sibling.is(NodeFlag.NOFAILOVER))
            .filter(sibling -> sibling.replicationOffset > replication.offset())
            .count();
  }

  /** Of a replica, milliseconds since it last heard of its master, or since the link was lost. */
  public long silenceMillis() {
    return now.getAsLong() - replication.lastContact();
  }

  /** Of a replica, whether what it has came from its master, or from one that this replaced. */
  public boolean isOfItsMaster() {
    return replication.isOfItsMaster();
  }

  /** How many replicas that work a master has beside this node, as far as is known. */
  public int otherReplicasOf(String master) {
    return state
        .known(master)
        .map(
            node ->
                (int)
                    node.replicas().values().stream()
                        .filter(replica -> !replica.isMyself() && !replica.isFailing())
                        .count())
        .orElse(0);
  }

  /** Whether this node knows another one as a master that has slots and has not failed. */
  public boolean isServing(String id) {
    return state.known(id).map(node -> node.isVoter() && !node.is(NodeFlag.FAIL)).orElse(false);
  }
}
