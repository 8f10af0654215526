package io.shardquake.checkers.placement;

import io.shardquake.checkers.topology.ClusterTimeline;
import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.OpenSlot;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.checkers.topology.SlotSet;
import io.shardquake.checkers.topology.ViewPeriod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When some node said that a node owns or imports which slots, itself included. Not thread-safe: it
 * remembers where it found what it was last asked for.
 */
final class Tenures {
  private record Tenure(SlotSet slots, long from, long until) {
    boolean includes(int slot, long begin, long end) {
      return from <= end && until >= begin && slots.contains(slot);
    }
  }

  private static final class Career {
    private final List<Tenure> tenures = new ArrayList<>();
    private final List<ViewPeriod> answers = new ArrayList<>();
    private final int[] lastFound = new int[SlotRange.SLOTS];
  }

  private final Map<String, Career> nodes = new TreeMap<>();

  private Tenures() {}

  static Tenures of(ClusterTimeline timeline) {
    Tenures tenures = new Tenures();
    for (ViewPeriod period : timeline.all()) {
      if (period.view().isPresent()) {
        tenures.add(period, period.view().get(), timeline);
      }
    }
    for (Career career : tenures.nodes.values()) {
      tenures.drawTogether(career.tenures);
    }
    return tenures;
  }

  private void add(ViewPeriod period, ClusterView view, ClusterTimeline names) {
    career(period.observer()).answers.add(period);
    for (NodeView node : view.nodes()) {
      SlotSet slots = SlotSet.of(node.slots());
      if (node.is(NodeFlag.MYSELF)) {
        slots = slots.or(importing(node));
      }
      if (!slots.isEmpty()) {
        career(names.nameOf(node.id()))
            .tenures
            .add(new Tenure(slots, period.fromNanos(), period.untilNanos()));
      }
    }
  }

  private static SlotSet importing(NodeView node) {
    return SlotSet.of(
        node.openSlots().stream()
            .filter(open -> open.direction() == OpenSlot.Direction.IMPORTING)
            .map(open -> new SlotRange(open.slot(), open.slot()))
            .toList());
  }

  private Career career(String node) {
    return nodes.computeIfAbsent(node, n -> new Career());
  }

  /** What several observers said at overlapping times becomes one tenure. */
  private void drawTogether(List<Tenure> tenures) {
    Map<String, List<Tenure>> bySlots = new TreeMap<>();
    for (Tenure tenure : tenures) {
      bySlots.computeIfAbsent(tenure.slots().toString(), s -> new ArrayList<>()).add(tenure);
    }
    tenures.clear();
    for (List<Tenure> same : bySlots.values()) {
      same.sort(Comparator.comparingLong(Tenure::from));
      Tenure current = same.get(0);
      for (Tenure next : same.subList(1, same.size())) {
        if (next.from() <= current.until()) {
          long until = Math.max(current.until(), next.until());
          current = new Tenure(current.slots(), current.from(), until);
        } else {
          tenures.add(current);
          current = next;
        }
      }
      tenures.add(current);
    }
  }

  /** Whether anybody said at any time from begin to end that the node owns or imports the slot. */
  boolean responsible(String node, int slot, long begin, long end) {
    Career career = nodes.get(node);
    if (career == null || career.tenures.isEmpty()) {
      return false;
    }
    int guess = career.lastFound[slot];
    if (career.tenures.get(guess).includes(slot, begin, end)) {
      return true;
    }
    for (int i = 0; i < career.tenures.size(); i++) {
      if (career.tenures.get(i).includes(slot, begin, end)) {
        career.lastFound[slot] = i;
        return true;
      }
    }
    return false;
  }

  /** Whether the node itself was heard at a time from begin to end. */
  boolean heard(String node, long begin, long end) {
    Career career = nodes.get(node);
    return career != null
        && begin <= end
        && career.answers.stream().anyMatch(p -> p.fromNanos() <= end && p.lastNanos() >= begin);
  }
}
