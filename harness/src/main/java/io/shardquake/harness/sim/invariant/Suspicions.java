package io.shardquake.harness.sim.invariant;

import io.shardquake.harness.sim.node.SimNode;
import io.shardquake.node.core.cluster.ClusterInsight;
import java.util.HashMap;
import java.util.Map;

/**
 * Whom masters suspected lately. A node that says of another that a majority holds it to have
 * failed must be right (F03): so many masters have suspected it, in the time in which their word
 * may have got there.
 */
final class Suspicions {
  /** How long a report may be under way, however slow the network and paused its receiver. */
  private static final long WINDOW_NANOS = 60_000_000_000L;

  private final Complaint complaint;
  private final Map<String, Map<String, Long>> suspectedAt = new HashMap<>();

  Suspicions(Complaint complaint) {
    this.complaint = complaint;
  }

  /** Looks at whom a master suspects. */
  void look(SimNode node, ClusterInsight now) {
    if (now.isMaster()) {
      now.forEachSuspect(suspect -> note(node, suspect));
    }
  }

  private void note(SimNode node, String suspect) {
    suspectedAt
        .computeIfAbsent(suspect, unknown -> new HashMap<>())
        .put(node.facts().name(), node.nowNanos());
  }

  /**
   * A node is about to say that a majority holds somebody to have failed. A master's own suspicion
   * counts, also one that becomes certainty in the turn in which it arises; with Redis 7 that of a
   * master without slots does too.
   */
  void says(SimNode node, ClusterInsight now, int quorumBefore, String failed) {
    if (now.isMaster()) {
      note(node, failed);
    }
    long oldest = node.nowNanos() - WINDOW_NANOS;
    long masters =
        suspectedAt.getOrDefault(failed, Map.of()).values().stream()
            .filter(at -> at >= oldest)
            .count();
    int needed = Math.min(quorumBefore, now.quorum());
    if (masters < needed) {
      complaint.of(
          node,
          "failed-without-majority",
          "it says that "
              + failed
              + " has failed, which "
              + masters
              + " masters suspected, of at"
              + " least "
              + needed);
    }
  }
}
