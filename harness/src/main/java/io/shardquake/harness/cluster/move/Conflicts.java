package io.shardquake.harness.cluster.move;

import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.SlotCommands;

/** Decides what becomes of a key that both ends of a move have. */
@FunctionalInterface
public interface Conflicts {
  /** Gives up, leaving both copies as they are. */
  Conflicts REFUSE =
      (source, target, slot, key) -> {
        throw new ClusterException(
            "key "
                + KeyText.of(key)
                + " of slot "
                + slot
                + " is on "
                + source.node().address()
                + " and on "
                + target.node().address()
                + ": run 'cluster fix'");
      };

  /**
   * Deals with one key so that it is on one node afterwards.
   *
   * @param source where it was to be moved from
   * @param target where it was to be moved to
   * @throws ClusterException if it cannot; the move ends then, the slot stays open
   */
  void resolve(SlotCommands source, SlotCommands target, int slot, byte[] key)
      throws ClusterException, InterruptedException;
}
