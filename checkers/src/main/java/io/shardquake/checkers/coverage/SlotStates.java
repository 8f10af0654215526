package io.shardquake.checkers.coverage;

import io.shardquake.checkers.topology.ClusterTimeline;
import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.OpenSlot;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.checkers.topology.SlotSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is wrong with which slots in one view.
 *
 * @param slots by condition, in a fixed order; no set is empty
 */
record SlotStates(Map<Condition, SlotSet> slots) {
  static final SlotStates NOTHING_WRONG = new SlotStates(Map.of());

  /** A state, and the node or nodes it involves. */
  record Condition(SlotState state, String other) implements Comparable<Condition> {
    private static final Comparator<Condition> ORDER =
        Comparator.comparing(Condition::state).thenComparing(Condition::other);

    @Override
    public int compareTo(Condition condition) {
      return ORDER.compare(this, condition);
    }
  }

  static SlotStates of(ClusterView view, ClusterTimeline names) {
    Map<Condition, SlotSet> wrong = new TreeMap<>();
    SlotSet covered = SlotSet.NONE;
    for (int i = 0; i < view.nodes().size(); i++) {
      NodeView node = view.nodes().get(i);
      SlotSet own = SlotSet.of(node.slots());
      if (own.intersects(covered)) {
        for (NodeView earlier : view.nodes().subList(0, i)) {
          String pair = names.nameOf(earlier.id()) + " and " + names.nameOf(node.id());
          add(wrong, SlotState.OWNED_TWICE, pair, own.and(SlotSet.of(earlier.slots())));
        }
      }
      covered = covered.or(own);
      if (node.is(NodeFlag.FAIL)) {
        add(wrong, SlotState.OWNER_FAILED, names.nameOf(node.id()), own);
      }
      for (OpenSlot open : node.openSlots()) {
        SlotSet slot = SlotSet.of(List.of(new SlotRange(open.slot(), open.slot())));
        add(wrong, stateOf(open), names.nameOf(open.peer()), slot);
      }
    }
    add(wrong, SlotState.UNCOVERED, "", SlotSet.ALL.minus(covered));
    return new SlotStates(wrong);
  }

  private static SlotState stateOf(OpenSlot open) {
    return switch (open.direction()) {
      case MIGRATING -> SlotState.MIGRATING;
      case IMPORTING -> SlotState.IMPORTING;
    };
  }

  private static void add(
      Map<Condition, SlotSet> wrong, SlotState state, String other, SlotSet slots) {
    if (!slots.isEmpty()) {
      wrong.merge(new Condition(state, other), slots, SlotSet::or);
    }
  }
}
