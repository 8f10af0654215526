package io.shardquake.checkers.linearizability;

import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.HistoryPartition.Part;
import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.Cost;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchEndedException;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.explanation.Explainer;
import io.shardquake.checkers.linearizability.explanation.Explanation;
import io.shardquake.checkers.linearizability.explanation.ExplanationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What {@link LinearizabilityCheck} concluded. The verdict stands; the explanation of what is not
 * linearizable is worked out when it is asked for.
 */
public final class LinearizabilityResult {
  /** Name of the check in a {@link Verdict} and its findings. */
  public static final String NAME = "linearizability";

  /** How many objects a verdict explains; the others it counts. */
  private static final int EXPLAINED = 5;

  private final History history;
  private final LinearizabilityOptions options;
  private final HistoryPartition partition;
  private final List<ObjectResult> objects;
  private final Duration time;

  LinearizabilityResult(
      History history,
      LinearizabilityOptions options,
      HistoryPartition partition,
      List<ObjectResult> objects,
      Duration time) {
    this.history = history;
    this.options = options;
    this.partition = partition;
    this.objects = List.copyOf(objects);
    this.time = time;
  }

  /** The worst of all objects; {@link Validity#UNKNOWN} if there are none. */
  public Validity validity() {
    return objects.stream()
        .map(ObjectResult::validity)
        .reduce(Validity::and)
        .orElse(Validity.UNKNOWN);
  }

  /** What was concluded of each object, in the order in which they first occur. */
  public List<ObjectResult> objects() {
    return objects;
  }

  /** Wall-clock time of the check, without explanations. */
  public Duration time() {
    return time;
  }

  /** What all objects took together: the sum of work, and the peak of the greediest one. */
  public Cost cost() {
    return objects.stream().map(object -> object.analysis().cost()).reduce(Cost.NONE, Cost::then);
  }

  /**
   * Explains why an object is not linearizable.
   *
   * @param object one of {@link #objects}
   * @param within how long that may take; what is not found until then is left out
   * @return empty if the object was not found to be not linearizable, or if the limits of the check
   *     leave no room for any explanation
   */
  public Optional<Explanation> explain(ObjectResult object, Duration within) {
    if (!(object.analysis() instanceof Analysis.Invalid invalid)) {
      return Optional.empty();
    }
    Part part = partition.parts().get(objects.indexOf(object));
    SearchLimits limits = SearchLimits.startingNow(options.limits());
    try {
      ObjectHistory operations = partition.history(part, limits);
      return Optional.of(
          new Explainer(operations, options.model(), within, limits).explain(invalid));
    } catch (SearchEndedException ended) {
      return Optional.empty();
    }
  }

  /** One line that says why the verdict is what it is. */
  public String reason() {
    if (objects.isEmpty()) {
      return "the history holds no operation";
    }
    Validity validity = validity();
    List<ObjectResult> decisive =
        objects.stream().filter(object -> object.validity() == validity).toList();
    String of = outOfAll(decisive);
    Analysis first = decisive.get(0).analysis();
    if (first instanceof Analysis.Invalid invalid) {
      return at(decisive.get(0)) + ExplanationText.withEvents(invalid.why(), history) + of;
    }
    return first instanceof Analysis.Unknown unknown
        ? at(decisive.get(0)) + undecided(unknown) + of
        : "a linearization exists" + of;
  }

  private String outOfAll(List<ObjectResult> some) {
    return objects.size() == 1 ? "" : " (%,d of %,d keys)".formatted(some.size(), objects.size());
  }

  private static String undecided(Analysis.Unknown unknown) {
    return "undecided: %s; %,d returns passed, %,d configurations visited, %,d MiB held"
        .formatted(
            unknown.cause(),
            unknown.returnsPassed(),
            unknown.cost().configurations(),
            unknown.cost().peakBytes() >> 20);
  }

  private String at(ObjectResult object) {
    return objects.size() == 1 && object.key().isNil() ? "" : "key " + object.key() + ": ";
  }

  /**
   * The result as a checker's verdict. Explains the first few objects that are not linearizable.
   *
   * @param explaining how long all explanations together may take
   */
  public Verdict verdict(Duration explaining) {
    List<ObjectResult> invalid =
        objects.stream().filter(object -> object.validity() == Validity.INVALID).toList();
    int explained = Math.min(EXPLAINED, invalid.size());
    List<Finding> findings = new ArrayList<>();
    for (ObjectResult object : invalid.subList(0, explained)) {
      explain(object, explaining.dividedBy(explained))
          .map(explanation -> new ExplanationText(history, explanation).finding())
          .ifPresent(findings::add);
    }
    String reason = findings.isEmpty() ? reason() : findings.get(0).summary() + outOfAll(invalid);
    return new Verdict(NAME, validity(), reason, findings, statistics(), List.of());
  }

  private Value.Mapping statistics() {
    Map<String, Value> figures = new LinkedHashMap<>();
    figures.put("operations", Value.of((long) history.size()));
    figures.put("keys", Value.of((long) objects.size()));
    for (Validity validity : Validity.values()) {
      long count = objects.stream().filter(object -> object.validity() == validity).count();
      figures.put("keys-" + validity.name().toLowerCase(Locale.ROOT), Value.of(count));
    }
    Cost cost = cost();
    figures.put("time-ms", Value.of(time.toNanos() / 1e6));
    figures.put("configurations", Value.of(cost.configurations()));
    figures.put("peak-bytes", Value.of(cost.peakBytes()));
    Map<String, Value> analyzers = new LinkedHashMap<>();
    objects.stream()
        .map(object -> object.analysis().analyzer())
        .sorted()
        .forEach(
            analyzer ->
                analyzers.merge(
                    analyzer, Value.of(1L), (a, b) -> Value.of(((Value.Int) a).value() + 1)));
    figures.put("analyzers", new Value.Mapping(analyzers));
    return new Value.Mapping(figures);
  }
}
