package io.shardquake.harness.sim.invariant;

import io.shardquake.harness.sim.node.SimNode;
import io.shardquake.node.core.Effect;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * What would be found on disk if a node died now: {@code nodes.conf} as a whole (M03), whichever of
 * its versions, and of the log what a client was told of (J07).
 */
final class Files {
  private static final String NODES_CONF = "nodes.conf";
  private static final String LAST_LINE = "vars currentEpoch ";

  private final Complaint complaint;
  private final Set<SimNode> suspicious = new HashSet<>();

  Files(Complaint complaint) {
    this.complaint = complaint;
  }

  /** An effect is about to be performed. */
  void performing(SimNode node, Effect effect) {
    if ((effect instanceof Effect.Append append && append.file().equals(NODES_CONF))
        || (effect instanceof Effect.Delete delete && delete.file().equals(NODES_CONF))) {
      suspicious.add(node);
    }
  }

  /** A turn is over, and nothing of it has been performed yet. */
  void turned(SimNode node) {
    if (suspicious.remove(node)) {
      byte[] content = node.disk().content(NODES_CONF).orElse(new byte[0]);
      String text = new String(content, StandardCharsets.UTF_8);
      int last = text.lastIndexOf(LAST_LINE);
      if (last < 0 || !text.endsWith("\n")) {
        complaint.of(node, "nodes-conf-torn", "if it died now, half of nodes.conf would be found");
      }
    }
  }
}
