package io.shardquake.reports.html;

import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Rows;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.ClusterTimeline;
import io.shardquake.reports.RunSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Draws together the findings of all checkers and what lies around each. Not thread-safe. */
final class FindingGathering {
  /** Beside findings below this rank neither topology nor logs are shown. */
  private static final int FULLY_SHOWN = 60;

  /** Neighbours are so many operations on the same key away at most. */
  private static final int FARTHEST = 3;

  private final History history;
  private final ClusterTimeline timeline;
  private final OperationChoice choice;
  private final PageBounds bounds;
  private final Notices notices;
  private final LogExcerpts logs;

  FindingGathering(
      RunSummary run,
      History history,
      ClusterTimeline timeline,
      OperationChoice choice,
      PageBounds bounds,
      Notices notices) {
    this.history = history;
    this.timeline = timeline;
    this.choice = choice;
    this.bounds = bounds;
    this.notices = notices;
    this.logs = LogExcerpts.of(run, bounds.logLines(), notices);
  }

  private record Found(String checker, Finding finding) {}

  /** The findings, worst first, within the bounds; their operations are added to the choice. */
  List<FindingFacts> gather(Verdict verdict) {
    List<Found> found = new ArrayList<>();
    collect(verdict, found);
    found.sort(Comparator.comparing((Found f) -> f.finding().severity()).reversed());
    if (found.size() > bounds.findings()) {
      notices.add(
          "Of %,d findings this page shows the %,d gravest; verdict.json has all of them."
              .formatted(found.size(), bounds.findings()));
    }
    List<FindingFacts> facts = new ArrayList<>();
    for (Found one : found.subList(0, Math.min(found.size(), bounds.findings()))) {
      facts.add(facts(facts.size(), one.checker(), one.finding()));
    }
    return facts;
  }

  private static void collect(Verdict verdict, List<Found> found) {
    verdict.findings().forEach(finding -> found.add(new Found(verdict.checker(), finding)));
    verdict.parts().forEach(part -> collect(part, found));
  }

  private FindingFacts facts(int number, String checker, Finding finding) {
    List<Integer> proof = new ArrayList<>();
    for (long index : finding.operations()) {
      OptionalInt row = choice.rowOf(index);
      if (row.isPresent() && proof.size() < bounds.proofOperations()) {
        proof.add(row.getAsInt());
      }
    }
    List<Integer> nearby = neighbours(proof);
    proof.forEach(choice::add);
    nearby.forEach(choice::add);
    OptionalLong from = begin(finding, proof);
    OptionalLong to = end(finding, proof);
    boolean full = from.isPresent() && number < FULLY_SHOWN && finding.severity() != Severity.NOTE;
    return new FindingFacts(
        number,
        checker,
        finding.kind(),
        finding.severity().name(),
        finding.summary(),
        finding.explanation(),
        from.isPresent() ? from.getAsLong() : null,
        to.isPresent() ? to.getAsLong() : null,
        indexes(proof),
        finding.operations().size(),
        indexes(nearby),
        full
            ? TopologyMoment.around(timeline, from.getAsLong(), to.orElse(from.getAsLong()))
            : List.of(),
        full ? logs.around(from.getAsLong(), to.orElse(from.getAsLong())) : List.of(),
        PartialOrder.of(finding),
        data(finding));
  }

  private List<Long> indexes(List<Integer> rows) {
    return rows.stream().map(history::invocationIndex).toList();
  }

  private List<RunFacts.NamedText> data(Finding finding) {
    List<RunFacts.NamedText> data = new ArrayList<>();
    finding
        .data()
        .entries()
        .forEach(
            (name, value) ->
                data.add(new RunFacts.NamedText(name, Texts.bare(value, bounds.textLength()))));
    return data;
  }

  private OptionalLong begin(Finding finding, List<Integer> proof) {
    OptionalLong first = proof.stream().mapToLong(history::invocationTimeNanos).min();
    return first.isPresent() ? first : datum(finding, "fromNanos");
  }

  private OptionalLong end(Finding finding, List<Integer> proof) {
    OptionalLong last =
        proof.stream()
            .mapToLong(
                row ->
                    history.isCompleted(row)
                        ? history.completionTimeNanos(row)
                        : history.invocationTimeNanos(row))
            .max();
    return last.isPresent() ? last : datum(finding, "toNanos");
  }

  private static OptionalLong datum(Finding finding, String name) {
    return finding.data().entries().get(name) instanceof Value.Int number
        ? OptionalLong.of(number.value())
        : OptionalLong.empty();
  }

  /**
   * The operations on the same keys that are nearest to the proof: first those next to it, then
   * those one further, until there are enough.
   */
  private List<Integer> neighbours(List<Integer> proof) {
    Set<Integer> found = new TreeSet<>();
    Set<Integer> own = new TreeSet<>(proof);
    for (int distance = 1; distance <= FARTHEST; distance++) {
      for (int row : proof) {
        Rows sameKey = history.rowsOfKey(history.key(row));
        int position = positionOf(sameKey, row);
        for (int other : new int[] {position - distance, position + distance}) {
          if (found.size() >= bounds.neighbours()) {
            return List.copyOf(found);
          }
          if (other >= 0 && other < sameKey.size() && !own.contains(sameKey.get(other))) {
            found.add(sameKey.get(other));
          }
        }
      }
    }
    return List.copyOf(found);
  }

  private static int positionOf(Rows rows, int row) {
    int low = 0;
    int high = rows.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rows.get(middle) < row) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
