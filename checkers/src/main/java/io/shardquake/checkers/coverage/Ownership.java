package io.shardquake.checkers.coverage;

import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.checkers.topology.SlotSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which node owns which slots, by id of node. Two views that agree have equal ownerships. */
record Ownership(SortedMap<String, List<SlotRange>> slots) {
  static Ownership of(ClusterView view) {
    SortedMap<String, List<SlotRange>> slots = new TreeMap<>();
    for (NodeView node : view.nodes()) {
      if (!node.slots().isEmpty() && !node.is(NodeFlag.HANDSHAKE)) {
        slots.put(node.id(), node.slots());
      }
    }
    return new Ownership(slots);
  }

  /** The slots whose owner differs. */
  SlotSet difference(Ownership other) {
    SortedMap<String, List<SlotRange>> both = new TreeMap<>(slots);
    both.putAll(other.slots);
    SlotSet difference = SlotSet.NONE;
    for (String id : both.keySet()) {
      SlotSet here = SlotSet.of(slots.getOrDefault(id, List.of()));
      SlotSet there = SlotSet.of(other.slots.getOrDefault(id, List.of()));
      difference = difference.or(here.minus(there)).or(there.minus(here));
    }
    return difference;
  }
}
