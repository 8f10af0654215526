package io.shardquake.harness.sim.invariant;

import io.shardquake.harness.sim.node.SimNode;
import io.shardquake.node.core.cluster.ClusterInsight;
import java.nio.charset.StandardCharsets;

/** Whether redirections name whom their node takes for the owner of the slot (B14). */
final class Paths {
  private static final byte[] MOVED = "-MOVED ".getBytes(StandardCharsets.US_ASCII);

  private final Complaint complaint;

  Paths(Complaint complaint) {
    this.complaint = complaint;
  }

  /** A node is about to answer a client, in a turn in which no slot changed hands. */
  void answers(SimNode node, ClusterInsight now, byte[] reply) {
    for (int i = 0; i < MOVED.length; i++) {
      if (i >= reply.length || reply[i] != MOVED[i]) {
        return;
      }
    }
    String text = new String(reply, StandardCharsets.US_ASCII);
    String[] words = text.substring(0, text.indexOf('\r')).split(" ", -1);
    int slot = Integer.parseInt(words[1]);
    String owner = now.addressOf(slot);
    if (!owner.equals(words[2])) {
      complaint.of(
          node,
          "sent-to-no-owner",
          "a client is sent to " + words[2] + " for slot " + slot + ", whose owner is " + owner);
    }
  }
}
