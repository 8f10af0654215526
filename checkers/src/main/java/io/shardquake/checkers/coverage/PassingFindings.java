package io.shardquake.checkers.coverage;

import static io.shardquake.checkers.coverage.FindingText.seconds;

import io.shardquake.checkers.Finding;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.ClusterTimeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was wrong for a while and then no more. */
record PassingFindings(List<Finding> findings, Map<String, Value> statistics) {
  /** Of each kind so many are told one by one, the longest. */
  private static final int TOLD_OF_EACH_KIND = 25;

  private record Passed(Finding finding, long from, long duration) {
    long until() {
      return from + duration;
    }
  }

  /** Everything that passed; what lasted to the end is told by {@code end}. */
  static PassingFindings of(ClusterTimeline timeline, FinalState end) {
    List<Passed> passed = new ArrayList<>();
    for (Episode episode : SlotEpisodes.of(timeline)) {
      if (episode.ended()) {
        passed.add(new Passed(finding(episode), episode.fromNanos(), episode.durationNanos()));
      }
    }
    for (Claim.Conflict conflict : Claim.conflicts(Claim.of(timeline))) {
      passed.add(
          new Passed(
              finding(conflict),
              conflict.fromNanos(),
              conflict.lastNanos() - conflict.fromNanos()));
    }
    for (Disagreement disagreement : Disagreement.of(timeline)) {
      passed.add(
          new Passed(
              finding(disagreement), disagreement.fromNanos(), disagreement.durationNanos()));
    }
    for (EpochCollision collision : EpochCollision.of(timeline)) {
      passed.add(
          new Passed(
              finding(collision),
              collision.fromNanos(),
              collision.untilNanos() - collision.fromNanos()));
    }
    passed.removeIf(
        one -> one.until() >= end.firstFarewellNanos() && end.tells(one.finding().kind()));
    return told(passed);
  }

  private static PassingFindings told(List<Passed> passed) {
    Map<String, List<Passed>> kinds = new TreeMap<>();
    for (Passed one : passed) {
      kinds.computeIfAbsent(one.finding().kind(), k -> new ArrayList<>()).add(one);
    }
    List<Passed> told = new ArrayList<>();
    Map<String, Value> statistics = new LinkedHashMap<>();
    kinds.forEach(
        (kind, list) -> {
          list.sort(Comparator.comparingLong(Passed::duration).reversed());
          Map<String, Value> figures = new LinkedHashMap<>();
          figures.put("count", Value.of(list.size()));
          figures.put("longestNanos", Value.of(list.get(0).duration()));
          statistics.put(kind, new Value.Mapping(figures));
          told.addAll(list.subList(0, Math.min(TOLD_OF_EACH_KIND, list.size())));
          if (list.size() > TOLD_OF_EACH_KIND) {
            told.add(rest(kind, list.subList(TOLD_OF_EACH_KIND, list.size())));
          }
        });
    told.sort(
        Comparator.comparing((Passed p) -> p.finding().severity())
            .reversed()
            .thenComparing(Passed::from));
    return new PassingFindings(told.stream().map(Passed::finding).toList(), statistics);
  }

  private static Passed rest(String kind, List<Passed> rest) {
    long from = rest.stream().mapToLong(Passed::from).min().orElse(0);
    long until = rest.stream().mapToLong(Passed::until).max().orElse(0);
    Map<String, Value> data = FindingText.between(from, until);
    data.put("count", Value.of(rest.size()));
    Finding finding =
        FindingText.finding(
            kind,
            rest.get(0).finding().severity(),
            "%d more of the kind %s, each for at most %s"
                .formatted(rest.size(), kind, seconds(rest.get(0).duration())),
            "",
            data);
    return new Passed(finding, from, until - from);
  }

  private static Finding finding(Episode episode) {
    Map<String, Value> data =
        FindingText.with(
            FindingText.between(episode.fromNanos(), episode.untilNanos()), episode.slots());
    data.put("observers", FindingText.names(episode.observers()));
    return FindingText.finding(
        episode.state().kind(),
        episode.state().whenTransient(),
        "%s %s for %s"
            .formatted(
                FindingText.slots(episode.slots()),
                episode.state().words(episode.slots().size(), episode.other()),
                seconds(episode.durationNanos())),
        "Seen by %s from %s; seen to be over at %s."
            .formatted(
                String.join(", ", episode.observers()),
                seconds(episode.fromNanos()),
                seconds(episode.untilNanos())),
        data);
  }

  private static Finding finding(Claim.Conflict conflict) {
    Map<String, Value> data =
        FindingText.with(
            FindingText.between(conflict.fromNanos(), conflict.lastNanos()), conflict.slots());
    Claim first = conflict.first();
    Claim second = conflict.second();
    data.put("observers", FindingText.names(List.of(first.node(), second.node())));
    data.put(
        "configEpochs", Value.pair(Value.of(first.configEpoch()), Value.of(second.configEpoch())));
    String explanation =
        conflict.sameEpoch()
            ? "Both at config epoch %d: an election gives an epoch to one master only, so one of them took it without."
                .formatted(first.configEpoch())
            : "%s at config epoch %d, %s at %d; the greater one wins when they hear of each other."
                .formatted(first.node(), first.configEpoch(), second.node(), second.configEpoch());
    return FindingText.finding(
        "slot-claimed-twice",
        conflict.sameEpoch() ? Finding.Severity.HAZARD : Finding.Severity.NOTE,
        "%s and %s both claimed %s for at least %s"
            .formatted(
                first.node(),
                second.node(),
                FindingText.slots(conflict.slots()),
                seconds(conflict.lastNanos() - conflict.fromNanos())),
        explanation,
        data);
  }

  private static Finding finding(Disagreement disagreement) {
    Map<String, Value> data =
        FindingText.with(
            FindingText.between(disagreement.fromNanos(), disagreement.untilNanos()),
            disagreement.slots());
    data.put("sides", Value.of(disagreement.sides().stream().map(FindingText::names).toList()));
    List<String> sides =
        disagreement.sides().stream().map(side -> String.join(", ", side)).toList();
    return FindingText.finding(
        "slot-disagreement",
        Finding.Severity.NOTE,
        "nodes disagreed about who owns %s for at least %s"
            .formatted(
                FindingText.slots(disagreement.slots()), seconds(disagreement.durationNanos())),
        "On one side " + String.join("; on another ", sides) + ".",
        data);
  }

  private static Finding finding(EpochCollision collision) {
    Map<String, Value> data = FindingText.between(collision.fromNanos(), collision.untilNanos());
    data.put("observers", FindingText.names(collision.observers()));
    data.put("masters", FindingText.names(collision.masters()));
    data.put("configEpoch", Value.of(collision.configEpoch()));
    return FindingText.finding(
        "config-epoch-collision",
        Finding.Severity.NOTE,
        "masters %s shared config epoch %d for %s"
            .formatted(
                String.join(", ", collision.masters()),
                collision.configEpoch(),
                seconds(collision.untilNanos() - collision.fromNanos())),
        "Seen by " + String.join(", ", collision.observers()) + ".",
        data);
  }
}
