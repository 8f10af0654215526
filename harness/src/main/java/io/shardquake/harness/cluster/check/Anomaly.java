package io.shardquake.harness.cluster.check;

import io.shardquake.checkers.topology.SlotSet;
import java.util.List;

/**
 * Something that is wrong with a cluster.
 *
 * @param kind what, with its explanation
 * @param where in one line: which slots and nodes
 * @param slots concerned; none if it is about nodes only
 * @param nodes concerned, by address
 */
public record Anomaly(AnomalyKind kind, String where, SlotSet slots, List<String> nodes) {
  public Anomaly {
    nodes = List.copyOf(nodes);
  }
}
