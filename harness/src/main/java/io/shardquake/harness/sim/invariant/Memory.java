package io.shardquake.harness.sim.invariant;

import io.shardquake.node.core.cluster.ClusterInsight;

/** What one node said of itself after its last turn. Begins anew with every life. */
final class Memory {
  long currentEpoch;
  long configEpoch;
  long lastVoteEpoch;
  long offset;
  long slotChanges = -1;
  boolean master;
  boolean fresh = true;

  void note(ClusterInsight now) {
    currentEpoch = now.currentEpoch();
    configEpoch = now.configEpoch();
    lastVoteEpoch = now.lastVoteEpoch();
    offset = now.replicationOffset();
    slotChanges = now.slotChanges();
    master = now.isMaster();
    fresh = false;
  }
}
