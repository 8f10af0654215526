package io.shardquake.checkers.coverage;

import io.shardquake.checkers.Finding;
import io.shardquake.checkers.coverage.SlotStates.Condition;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.ClusterTimeline;
import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.SlotSet;
import io.shardquake.checkers.topology.ViewPeriod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the nodes said last. A cluster that was left in peace must agree on everything, cover every
 * slot and have nothing open.
 *
 * @param answering the last period of each observer that answered last
 * @param silent the last period of each that did not
 * @param problems what is not as it must be
 * @param unproven differences between views that were not seen at the same time, one line each
 */
record FinalState(
    List<ViewPeriod> answering,
    List<ViewPeriod> silent,
    List<Finding> problems,
    List<String> unproven) {

  /** Judges the last views; {@code severity} is what a problem weighs. */
  static FinalState of(ClusterTimeline timeline, Finding.Severity severity) {
    Judge judge = new Judge(timeline, severity);
    return judge.judge();
  }

  /** The time of the last answer; 0 if there is none. */
  long lastAnswerNanos() {
    return answering.stream().mapToLong(ViewPeriod::lastNanos).max().orElse(0);
  }

  /** When the first of those that answered last was heard last. */
  long firstFarewellNanos() {
    return answering.stream().mapToLong(ViewPeriod::lastNanos).min().orElse(Long.MAX_VALUE);
  }

  /** Whether a problem of this kind is left. */
  boolean tells(String kind) {
    return problems.stream().anyMatch(problem -> problem.kind().equals(kind));
  }

  private static final class Judge {
    private final ClusterTimeline timeline;
    private final Finding.Severity severity;
    private final List<ViewPeriod> answering = new ArrayList<>();
    private final List<ViewPeriod> silent = new ArrayList<>();
    private final List<Finding> problems = new ArrayList<>();
    private final List<String> unproven = new ArrayList<>();

    Judge(ClusterTimeline timeline, Finding.Severity severity) {
      this.timeline = timeline;
      this.severity = severity;
    }

    FinalState judge() {
      for (String observer : timeline.observers()) {
        List<ViewPeriod> periods = timeline.of(observer);
        ViewPeriod last = periods.get(periods.size() - 1);
        (last.view().isPresent() ? answering : silent).add(last);
      }
      slots();
      agreement("slot-disagreement", "the owners of slots", Ownership::of);
      agreement("role-disagreement", "who replicates whom", FinalState::masters);
      agreement("config-epoch-disagreement", "the masters' config epochs", FinalState::epochs);
      collisions();
      clusterState();
      return new FinalState(answering, silent, problems, unproven);
    }

    private void slots() {
      Map<Condition, SlotSet> slots = new TreeMap<>();
      Map<Condition, List<ViewPeriod>> seenBy = new TreeMap<>();
      for (ViewPeriod period : answering) {
        SlotStates.of(view(period), timeline)
            .slots()
            .forEach(
                (condition, wrong) -> {
                  slots.merge(condition, wrong, SlotSet::or);
                  seenBy.computeIfAbsent(condition, c -> new ArrayList<>()).add(period);
                });
      }
      slots.forEach(
          (condition, wrong) -> {
            String words = condition.state().words(wrong.size(), condition.other());
            add(
                condition.state().kind(),
                "at the end " + FindingText.slots(wrong) + " still " + words,
                seenBy.get(condition),
                wrong);
          });
    }

    private void collisions() {
      Map<String, List<ViewPeriod>> seenBy = new TreeMap<>();
      for (ViewPeriod period : answering) {
        EpochCollision.in(view(period), timeline)
            .forEach(
                (epoch, masters) ->
                    seenBy
                        .computeIfAbsent(
                            "at the end masters "
                                + String.join(", ", masters)
                                + " share config epoch "
                                + epoch,
                            e -> new ArrayList<>())
                        .add(period));
      }
      seenBy.forEach((words, by) -> add("config-epoch-collision", words, by, SlotSet.NONE));
    }

    private void clusterState() {
      List<ViewPeriod> down = answering.stream().filter(p -> !view(p).info().ok()).toList();
      if (!down.isEmpty()) {
        String who = String.join(", ", down.stream().map(ViewPeriod::observer).toList());
        add("cluster-down", "at the end cluster_state is fail on " + who, down, SlotSet.NONE);
      }
    }

    private void agreement(String kind, String about, Function<ClusterView, ?> opinion) {
      for (int i = 1; i < answering.size(); i++) {
        for (int j = 0; j < i; j++) {
          ViewPeriod a = answering.get(j);
          ViewPeriod b = answering.get(i);
          if (opinion.apply(view(a)).equals(opinion.apply(view(b)))) {
            continue;
          }
          String words = a.observer() + " and " + b.observer() + " disagree about " + about;
          if (a.fromNanos() <= b.lastNanos() && b.fromNanos() <= a.lastNanos()) {
            SlotSet slots = Ownership.of(view(a)).difference(Ownership.of(view(b)));
            add(kind, "at the end " + words, List.of(a, b), slots);
            return;
          }
          unproven.add(words);
        }
      }
    }

    private void add(String kind, String summary, List<ViewPeriod> by, SlotSet slots) {
      long from = by.stream().mapToLong(ViewPeriod::fromNanos).min().orElse(0);
      long last = by.stream().mapToLong(ViewPeriod::lastNanos).max().orElse(0);
      Map<String, Value> data = FindingText.between(from, last);
      List<String> observers = by.stream().map(ViewPeriod::observer).toList();
      data.put("observers", FindingText.names(observers));
      if (!slots.isEmpty()) {
        FindingText.with(data, slots);
      }
      String explanation =
          "Said by %s, last at %s."
              .formatted(String.join(", ", observers), FindingText.seconds(last));
      problems.add(FindingText.finding(kind, severity, summary, explanation, data));
    }
  }

  private static ClusterView view(ViewPeriod period) {
    return period.view().orElseThrow();
  }

  private static SortedMap<String, String> masters(ClusterView view) {
    SortedMap<String, String> masters = new TreeMap<>();
    for (NodeView node : view.nodes()) {
      if (!node.is(NodeFlag.HANDSHAKE)) {
        masters.put(node.id(), node.master().orElse(""));
      }
    }
    return masters;
  }

  private static SortedMap<String, Long> epochs(ClusterView view) {
    SortedMap<String, Long> epochs = new TreeMap<>();
    for (NodeView node : view.nodes()) {
      if (node.is(NodeFlag.MASTER) && !node.is(NodeFlag.HANDSHAKE)) {
        epochs.put(node.id(), node.configEpoch());
      }
    }
    return epochs;
  }
}
