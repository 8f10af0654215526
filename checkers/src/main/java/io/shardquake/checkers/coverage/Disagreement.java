package io.shardquake.checkers.coverage;

import io.shardquake.checkers.topology.ClusterTimeline;
import io.shardquake.checkers.topology.SlotSet;
import io.shardquake.checkers.topology.ViewPeriod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A time during which nodes certainly said different things about who owns which slot: one was seen
 * before and after saying this, and at a time in between another said that. A node that does not
 * answer disagrees with nobody.
 *
 * @param slots whose owner they disagreed about, at any time
 * @param sides the observers of each opinion, when most took part; the most common first
 */
record Disagreement(SlotSet slots, List<List<String>> sides, long fromNanos, long untilNanos) {

  /** Pauses of less than this are between two samples, and not an agreement. */
  private static final long BRIDGED_NANOS = 1_000_000_000;

  private record Edge(long timeNanos, boolean isStart, String observer, Ownership ownership) {}

  static List<Disagreement> of(ClusterTimeline timeline) {
    List<Edge> edges = new ArrayList<>();
    for (ViewPeriod period : timeline.all()) {
      if (period.view().isPresent()) {
        Ownership ownership = Ownership.of(period.view().get());
        edges.add(new Edge(period.fromNanos(), true, period.observer(), ownership));
        edges.add(new Edge(period.lastNanos(), false, period.observer(), ownership));
      }
    }
    // At the same time starts come first: what was seen then is true until then.
    edges.sort(
        Comparator.comparingLong(Edge::timeNanos)
            .thenComparing(Edge::isStart, Comparator.reverseOrder()));
    return new Sweep().run(edges);
  }

  long durationNanos() {
    return untilNanos - fromNanos;
  }

  private static final class Sweep {
    private final Map<String, Ownership> current = new TreeMap<>();
    private final List<Disagreement> found = new ArrayList<>();
    private List<List<String>> sides = List.of();
    private SlotSet slots = SlotSet.NONE;
    private boolean disagreeing;
    private long since;

    List<Disagreement> run(List<Edge> edges) {
      for (Edge edge : edges) {
        if (edge.isStart()) {
          current.put(edge.observer(), edge.ownership());
        } else {
          current.remove(edge.observer());
        }
        look(edge);
      }
      return found;
    }

    private void look(Edge edge) {
      List<List<String>> now = opinions();
      if (now.size() > 1) {
        if (!disagreeing) {
          disagreeing = true;
          since = edge.timeNanos();
          sides = List.of();
          slots = SlotSet.NONE;
        }
        sides = larger(sides, now);
        Ownership common = current.get(now.get(0).get(0));
        for (List<String> side : now.subList(1, now.size())) {
          slots = slots.or(common.difference(current.get(side.get(0))));
        }
      } else if (disagreeing) {
        disagreeing = false;
        add(new Disagreement(slots, sides, since, edge.timeNanos()));
      }
    }

    private static List<List<String>> larger(List<List<String>> a, List<List<String>> b) {
      Comparator<List<List<String>>> bySides = Comparator.comparingInt(List::size);
      return bySides.thenComparing(sides -> sides.stream().mapToInt(List::size).sum()).compare(a, b)
              >= 0
          ? a
          : b;
    }

    private List<List<String>> opinions() {
      List<Ownership> held = new ArrayList<>();
      List<List<String>> holders = new ArrayList<>();
      current.forEach(
          (observer, ownership) -> {
            int side = held.indexOf(ownership);
            if (side < 0) {
              side = held.size();
              held.add(ownership);
              holders.add(new ArrayList<>());
            }
            holders.get(side).add(observer);
          });
      holders.sort(Comparator.comparing(side -> -side.size()));
      return holders;
    }

    private void add(Disagreement next) {
      if (!found.isEmpty()) {
        Disagreement last = found.get(found.size() - 1);
        if (next.fromNanos() - last.untilNanos() < BRIDGED_NANOS) {
          found.set(
              found.size() - 1,
              new Disagreement(
                  last.slots().or(next.slots()),
                  larger(last.sides(), next.sides()),
                  last.fromNanos(),
                  next.untilNanos()));
          return;
        }
      }
      found.add(next);
    }
  }
}
