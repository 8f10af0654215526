package io.shardquake.node.core.cluster;

import io.shardquake.node.core.bus.MessageType;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.defect.Defect;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Everything a node knows about its cluster. The rules are elsewhere. Not thread-safe. */
final class ClusterState {
  private final Configuration configuration;
  private final Map<String, ClusterNode> nodes = new TreeMap<>();
  private final SlotTable slots = new SlotTable();
  private final Map<String, Long> forgottenUntil = new TreeMap<>();
  private final Map<MessageType, Long> sent = new EnumMap<>(MessageType.class);
  private final Map<MessageType, Long> received = new EnumMap<>(MessageType.class);
  private ClusterNode myself;
  private boolean ok;
  private int size = 1;
  private boolean saveWanted;
  private boolean syncWanted;
  private boolean evaluationWanted;

  /** The greatest epoch seen: a logical clock. */
  long currentEpoch;

  /** The epoch of the last vote given. */
  long lastVoteEpoch;

  ClusterState(Configuration configuration, ClusterNode myself) {
    this.configuration = configuration;
    this.myself = myself;
    nodes.put(myself.id(), myself);
  }

  Configuration configuration() {
    return configuration;
  }

  /** Whether this node has a defect. */
  boolean has(Defect defect) {
    return configuration.has(defect);
  }

  /** Milliseconds without an answer after which a node is held to be failing. */
  long nodeTimeout() {
    return configuration.number("cluster-node-timeout");
  }

  ClusterNode myself() {
    return myself;
  }

  /** Replaces what stood for this node, as when its file has been read. */
  void myself(ClusterNode node) {
    nodes.remove(myself.id());
    this.myself = node;
    nodes.put(node.id(), node);
  }

  SlotTable slots() {
    return slots;
  }

  /** All known nodes by ID, this one and handshakes included. */
  Map<String, ClusterNode> nodes() {
    return nodes;
  }

  /** A snapshot of all known nodes, for loops that may add or remove some. */
  List<ClusterNode> allNodes() {
    return new ArrayList<>(nodes.values());
  }

  /** A node by its real ID. */
  Optional<ClusterNode> known(String id) {
    return Optional.ofNullable(nodes.get(id)).filter(node -> !node.is(NodeFlag.HANDSHAKE));
  }

  /** IDs that gossip may not bring back, with until when, Unix milliseconds. */
  Map<String, Long> forgottenUntil() {
    return forgottenUntil;
  }

  /** Whether the cluster is up, as this node sees it. */
  boolean isOk() {
    return ok;
  }

  void ok(boolean yes) {
    this.ok = yes;
  }

  /** Number of masters with slots. */
  int size() {
    return size;
  }

  void size(int voters) {
    this.size = voters;
  }

  /** How many voters make a majority. */
  int quorum() {
    return size / 2 + 1;
  }

  /** The master whose slots this node serves: itself, or the one it follows. */
  Optional<ClusterNode> myMaster() {
    return myself.isMaster() ? Optional.of(myself) : myself.master();
  }

  /** Asks for the state to be saved at the end of the turn. */
  void wantSave() {
    saveWanted = true;
  }

  /** Asks for the state to be on disk before anything of this turn is sent. */
  void wantSync() {
    saveWanted = true;
    syncWanted = true;
  }

  /** Asks for {@link ClusterHealth} to look again at the end of the turn. */
  void wantEvaluation() {
    evaluationWanted = true;
  }

  boolean takeSaveWanted() {
    boolean wanted = saveWanted;
    saveWanted = false;
    return wanted;
  }

  boolean takeSyncWanted() {
    boolean wanted = syncWanted;
    syncWanted = false;
    return wanted;
  }

  boolean takeEvaluationWanted() {
    boolean wanted = evaluationWanted;
    evaluationWanted = false;
    return wanted;
  }

  /** Messages sent by type. */
  Map<MessageType, Long> sent() {
    return sent;
  }

  /** Messages received by type. */
  Map<MessageType, Long> received() {
    return received;
  }
}
