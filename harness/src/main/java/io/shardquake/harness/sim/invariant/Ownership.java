package io.shardquake.harness.sim.invariant;

import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.harness.sim.node.SimNode;
import io.shardquake.node.core.cluster.ClusterInsight;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How slots change hands in the table of one node, in one life of its process: only to who has the
 * greater epoch (H05; D06 where the node has imported the slot itself), unless an administrator
 * says so. Whoever listens to a channel of a slot that has left the shard must have been told
 * (N04).
 */
final class Ownership {
  private final SimNode node;
  private final Complaint complaint;
  private final String[] owners = new String[SlotRange.SLOTS];
  private final Map<String, Long> epochs = new HashMap<>();
  private String shard = "";
  private boolean known;

  Ownership(SimNode node, Complaint complaint) {
    this.node = node;
    this.complaint = complaint;
    Arrays.fill(owners, "");
  }

  /**
   * Slots have changed hands in the turn just taken, or this is the first one.
   *
   * @param told whether clients said something in this turn
   * @param unclaimed whether there were slots, before this turn, that anybody might take
   */
  void changed(ClusterInsight now, boolean told, boolean unclaimed) {
    for (int slot = 0; slot < owners.length; slot++) {
      String owner = now.ownerOf(slot);
      if (!owner.equals(owners[slot])) {
        if (known && !owner.isEmpty() && !owners[slot].isEmpty()) {
          passed(slot, owners[slot], owner, now, told, unclaimed);
        }
        owners[slot] = owner;
      }
    }
    known = true;
    remember(now);
  }

  private void passed(
      int slot, String from, String to, ClusterInsight now, boolean told, boolean unclaimed) {
    boolean mine = to.equals(now.id());
    long before = epochs.getOrDefault(from, 0L);
    long epoch = mine ? now.configEpoch() : now.epochOf(to);
    if (!unclaimed && (mine || !told) && epoch <= before) {
      complaint.of(
          node,
          mine ? "slot-taken-without-greater-epoch" : "slot-given-to-no-greater-epoch",
          "slot "
              + slot
              + " passes from "
              + from
              + " in epoch "
              + before
              + " to "
              + to
              + " in epoch "
              + epoch);
    }
    boolean left = from.equals(shard) && !to.equals(shardOf(now)) && shard.equals(shardOf(now));
    if (left && node.core().map(core -> core.isListenedToIn(slot)).orElse(false)) {
      complaint.of(
          node,
          "shard-subscribers-kept",
          "slot " + slot + " has left the shard, and a client still listens to a channel of it");
    }
  }

  /** Takes note of epochs; those noted too seldom are lower than they should be, which is safe. */
  void remember(ClusterInsight now) {
    shard = shardOf(now);
    epochs.put(now.id(), now.configEpoch());
    now.forEachEpoch(epochs::put);
  }

  private static String shardOf(ClusterInsight now) {
    return now.isMaster() ? now.id() : now.masterId();
  }
}
