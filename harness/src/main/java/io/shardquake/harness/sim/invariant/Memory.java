package io.shardquake.harness.sim.invariant;

import io.shardquake.harness.sim.node.SimNode;
import io.shardquake.node.core.Node;
import io.shardquake.node.core.cluster.ClusterInsight;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What one node said of itself after its last turn. Begins anew with every life. */
final class Memory {
  final Ownership ownership;
  final long beganNanos;

  /** The process that it is about. */
  final Optional<Node> life;

  /** Who had failed by its belief at its last tick. */
  final Set<String> failed = new HashSet<>();

  String id = "";
  long currentEpoch;
  long configEpoch;
  long lastVoteEpoch;
  long offset;
  long slotChanges = -1;
  int quorum = 1;
  String master = "";
  boolean isMaster;
  boolean ok;
  boolean unclaimed;
  boolean told;
  int heard;
  int slots;
  String handover = "";
  int siblings;
  boolean ticked;
  boolean changed;
  boolean fresh = true;

  Memory(SimNode node, Complaint complaint) {
    ownership = new Ownership(node, complaint);
    beganNanos = node.nowNanos();
    life = node.core();
  }

  void note(ClusterInsight now) {
    id = now.id();
    currentEpoch = now.currentEpoch();
    configEpoch = now.configEpoch();
    lastVoteEpoch = now.lastVoteEpoch();
    offset = now.replicationOffset();
    slotChanges = now.slotChanges();
    quorum = now.quorum();
    slots = now.slotCount();
    master = now.masterId();
    isMaster = now.isMaster();
    ok = now.isOk();
    fresh = false;
  }
}
