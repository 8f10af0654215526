package io.shardquake.checkers.durability;

import io.shardquake.checkers.durability.Explanation.Start;
import io.shardquake.checkers.durability.Loss.Kind;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Finds out what became of the writes of a key that is not linearizable. */
final class KeyJudge {
  private final History history;
  private final Disruptions faults;
  private final Allowance allowed;

  KeyJudge(History history, Disruptions faults, Allowance allowed) {
    this.history = history;
    this.faults = faults;
    this.allowed = allowed;
  }

  /**
   * What became of them.
   *
   * @throws UndecidedException if that cannot be told
   */
  Loss judge(Value key, KeyStory story) {
    Explanation explanation = new Explanation(story, Value.nil());
    Optional<List<Start>> tight = explanation.within(0);
    if (tight.isPresent()) {
      return lost(key, story, tight.get(), 0);
    }
    Optional<List<Start>> loose = explanation.within(Explanation.ANY_LAG);
    if (loose.isPresent()) {
      long window = smallestLag(explanation, story);
      return lost(key, story, explanation.within(window).orElse(loose.get()), window);
    }
    return unexplained(key, story, explanation);
  }

  /** The least lag with which the key can be explained, by bisection of the times in question. */
  private long smallestLag(Explanation explanation, KeyStory story) {
    List<Long> lags = new ArrayList<>();
    for (int i = 0; i < story.cuts().size(); i++) {
      long inTouch = story.cuts().get(i).lastInTouchNanos();
      story.lineages().subList(0, i + 1).stream()
          .flatMap(lineage -> lineage.acknowledgements().stream())
          .filter(acknowledged -> acknowledged < inTouch)
          .forEach(acknowledged -> lags.add(inTouch - acknowledged));
    }
    List<Long> ordered = lags.stream().distinct().sorted().toList();
    int low = 0;
    int high = ordered.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (explanation.within(ordered.get(middle)).isPresent()) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return ordered.isEmpty() ? Explanation.ANY_LAG : ordered.get(low);
  }

  private Loss lost(Value key, KeyStory story, List<Start> starts, long window) {
    Set<Integer> lost = new LinkedHashSet<>();
    StringBuilder argument = new StringBuilder();
    boolean explained = true;
    boolean migrating = false;
    for (int i = 0; i < story.cuts().size(); i++) {
      Cut cut = story.cuts().get(i);
      List<Integer> here = new ArrayList<>(lostAt(story, i, starts));
      here.removeIf(lost::contains);
      if (!here.isEmpty()) {
        lost.addAll(here);
        explained &= cut.explained();
        migrating |= cut.migrating();
        argument.append(tell(cut, starts.get(i).value(), here));
      }
    }
    Kind kind = kind(window, explained, migrating);
    return new Loss(key, kind, List.copyOf(lost), window, argument.toString().strip());
  }

  private Kind kind(long window, boolean explained, boolean migrating) {
    if (migrating) {
      return Kind.LOST_IN_INTERRUPTED_MIGRATION;
    }
    if (window > allowed.replicationLag().toNanos()) {
      return Kind.LOST_OUTSIDE_WINDOW;
    }
    return explained ? Kind.LOST_IN_WINDOW : Kind.LOST_IN_UNEXPLAINED_FAILOVER;
  }

  /** The updates that the new owner does not have if it started from the value. */
  static List<Integer> lostAt(History history, Lineage lineage, Value from, Value start) {
    OptionalInt writer = lineage.writer(start);
    if (writer.isEmpty() && !start.equals(from)) {
      return List.of();
    }
    long since = writer.isPresent() ? history.completionIndex(writer.getAsInt()) : Long.MIN_VALUE;
    return lineage.updates().stream().filter(row -> history.invocationIndex(row) > since).toList();
  }

  /**
   * Those that the failover certainly lost: none if what the new owner started from was not seen.
   */
  private List<Integer> lostAt(KeyStory story, int number, List<Start> starts) {
    Start start = starts.get(number);
    int origin = start.origin();
    if (!story.lineages().get(number + 1).inherited().contains(start.value())) {
      return List.of();
    }
    Value from = origin == 0 ? Value.nil() : starts.get(origin - 1).value();
    List<Integer> lost =
        new ArrayList<>(lostAt(history, story.lineages().get(origin), from, start.value()));
    story.lineages().subList(origin + 1, number + 1).stream()
        .flatMap(lineage -> lineage.updates().stream())
        .forEach(lost::add);
    return lost;
  }

  private String tell(Cut cut, Value start, List<Integer> lost) {
    int first = lost.get(0);
    long acknowledged = history.completionTimeNanos(first);
    List<String> kinds =
        faults.kinds(cut.from(), cut.to(), cut.lastInTouchNanos(), cut.promotedNanos());
    long before = cut.lastInTouchNanos() - acknowledged;
    String when =
        before >= 0
            ? Cut.seconds(before) + " before that moment"
            : Cut.seconds(-before) + " after that moment";
    return """
        %s.
        %s showed %s afterwards, which was there before %s of %s was acknowledged (event %d, at %s): %s.
        """
        .formatted(
            cut.describe(kinds),
            cut.to(),
            start,
            history.functionName(history.function(first)),
            history.argument(first),
            history.invocationIndex(first),
            Cut.seconds(acknowledged),
            when);
  }

  private Loss unexplained(Value key, KeyStory story, Explanation explanation) {
    boolean migrating = story.cuts().stream().anyMatch(Cut::migrating);
    if (migrating) {
      return new Loss(
          key,
          Kind.LOST_IN_INTERRUPTED_MIGRATION,
          List.of(),
          0,
          "The slot was on its way between two masters when one of them failed.");
    }
    Optional<Integer> broken = explanation.brokenLineage();
    return broken.isPresent()
        ? new Loss(
            key,
            Kind.BROKEN_WITHOUT_FAILOVER,
            List.of(),
            0,
            story.cuts().isEmpty()
                ? "The slot had the same copy of its data throughout."
                : "No failover lies between the operations that contradict each other: they all"
                    + " went to the owners of one copy of the data, number "
                    + (broken.get() + 1)
                    + " of "
                    + story.lineages().size()
                    + ".")
        : new Loss(
            key,
            Kind.RETURNED_FROM_THE_DEAD,
            List.of(),
            0,
            "After a failover values were seen that no prefix of what the old owner had executed"
                + " leaves behind.");
  }
}
