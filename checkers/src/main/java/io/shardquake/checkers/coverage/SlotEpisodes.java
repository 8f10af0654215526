package io.shardquake.checkers.coverage;

import io.shardquake.checkers.coverage.SlotStates.Condition;
import io.shardquake.checkers.topology.ClusterTimeline;
import io.shardquake.checkers.topology.SlotSet;
import io.shardquake.checkers.topology.ViewPeriod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Follows what is wrong with slots from view to view. */
final class SlotEpisodes {
  private record Span(SlotSet slots, long from) {}

  private final String observer;
  private final List<Episode> done = new ArrayList<>();
  private final Map<Condition, List<Span>> open = new TreeMap<>();

  private SlotEpisodes(String observer) {
    this.observer = observer;
  }

  /**
   * The episodes that all observers saw, each told once however many saw it, by time. What an
   * observer saw last before it fell silent counts as over.
   */
  static List<Episode> of(ClusterTimeline timeline) {
    List<Episode> all = new ArrayList<>();
    for (String observer : timeline.observers()) {
      SlotEpisodes episodes = new SlotEpisodes(observer);
      long last = 0;
      for (ViewPeriod period : timeline.of(observer)) {
        if (period.view().isPresent()) {
          SlotStates states = SlotStates.of(period.view().get(), timeline);
          episodes.observe(states, period.fromNanos());
        } else {
          episodes.observe(SlotStates.NOTHING_WRONG, last);
        }
        last = period.lastNanos();
      }
      all.addAll(episodes.finish(last));
    }
    return merged(all);
  }

  private void observe(SlotStates states, long now) {
    states.slots().keySet().forEach(condition -> open.putIfAbsent(condition, List.of()));
    for (Map.Entry<Condition, List<Span>> entry : open.entrySet()) {
      SlotSet wrong = states.slots().getOrDefault(entry.getKey(), SlotSet.NONE);
      List<Span> still = new ArrayList<>();
      for (Span span : entry.getValue()) {
        end(entry.getKey(), span.slots().minus(wrong), span.from(), now, true);
        SlotSet rest = span.slots().and(wrong);
        if (!rest.isEmpty()) {
          still.add(new Span(rest, span.from()));
        }
        wrong = wrong.minus(rest);
      }
      if (!wrong.isEmpty()) {
        still.add(new Span(wrong, now));
      }
      entry.setValue(still);
    }
    open.values().removeIf(List::isEmpty);
  }

  private void end(Condition condition, SlotSet slots, long from, long until, boolean ended) {
    if (!slots.isEmpty()) {
      done.add(
          new Episode(
              condition.state(), condition.other(), slots, List.of(observer), from, until, ended));
    }
  }

  private List<Episode> finish(long last) {
    open.forEach(
        (condition, spans) ->
            spans.forEach(span -> end(condition, span.slots(), span.from(), last, false)));
    return done;
  }

  /** Draws together what several observers saw of the same thing at overlapping times. */
  private static List<Episode> merged(List<Episode> episodes) {
    List<Episode> ordered = new ArrayList<>(episodes);
    ordered.sort(
        Comparator.comparing(Episode::state)
            .thenComparing(Episode::other)
            .thenComparing(e -> e.slots().toString())
            .thenComparing(Episode::fromNanos));
    List<Episode> result = new ArrayList<>();
    for (Episode next : ordered) {
      Episode last = result.isEmpty() ? next : result.get(result.size() - 1);
      boolean same =
          !result.isEmpty()
              && last.state() == next.state()
              && last.other().equals(next.other())
              && last.slots().equals(next.slots())
              && next.fromNanos() <= last.untilNanos();
      if (same) {
        result.set(result.size() - 1, union(last, next));
      } else {
        result.add(next);
      }
    }
    result.sort(Comparator.comparingLong(Episode::fromNanos).thenComparing(Episode::state));
    return result;
  }

  private static Episode union(Episode a, Episode b) {
    List<String> observers = new ArrayList<>(a.observers());
    b.observers().stream().filter(o -> !observers.contains(o)).forEach(observers::add);
    return new Episode(
        a.state(),
        a.other(),
        a.slots(),
        observers,
        Math.min(a.fromNanos(), b.fromNanos()),
        Math.max(a.untilNanos(), b.untilNanos()),
        a.ended() && b.ended());
  }
}
