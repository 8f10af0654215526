package io.shardquake.checkers.durability;

import io.shardquake.checkers.history.Value;
import java.util.List;

/**
 * What became of a key's acknowledged writes.
 *
 * @param key the key
 * @param kind what it amounts to
 * @param lost rows of the updates that were acknowledged and certainly lost
 * @param windowNanos how long before the owners lost touch the earliest lost write was
 *     acknowledged, at least; 0 if all of them were afterwards
 * @param argument the proof in words
 */
record Loss(Value key, Kind kind, List<Integer> lost, long windowNanos, String argument) {
  /** The verdicts on a key. */
  enum Kind {
    /** Lost with a failed master, no longer before its failure than replication may lag. */
    LOST_IN_WINDOW("lost-in-window"),
    /** As before, but no fault explains the failover. */
    LOST_IN_UNEXPLAINED_FAILOVER("lost-in-unexplained-failover"),
    /** Gone down in a failover with a node on which the key had just arrived, or was to. */
    LOST_IN_INTERRUPTED_MIGRATION("lost-in-interrupted-migration"),
    /** Lost though it had been acknowledged long before the failure. */
    LOST_OUTSIDE_WINDOW("lost-outside-window"),
    /** Not linearizable though there was no failover between the operations in question. */
    BROKEN_WITHOUT_FAILOVER("broken-without-failover"),
    /** An owner started from a value that no prefix of its predecessor's writes leaves behind. */
    RETURNED_FROM_THE_DEAD("returned-from-the-dead");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** As the findings' kind. */
    String text() {
      return text;
    }

    /** Whether Redis Cluster promises that this does not happen. */
    boolean breaksPromise() {
      return switch (this) {
        case LOST_IN_WINDOW, LOST_IN_UNEXPLAINED_FAILOVER, LOST_IN_INTERRUPTED_MIGRATION -> false;
        case LOST_OUTSIDE_WINDOW, BROKEN_WITHOUT_FAILOVER, RETURNED_FROM_THE_DEAD -> true;
      };
    }
  }

  Loss {
    lost = List.copyOf(lost);
  }
}
