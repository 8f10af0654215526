package io.shardquake.checkers.linearizability;

import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.Cost;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.search.Competition;
import io.shardquake.checkers.linearizability.search.SearchAlgorithm;
import io.shardquake.checkers.linearizability.unique.NearLinear;
import java.time.Duration;

/** Runs the algorithm that was asked for on one object. Stateless. */
final class ObjectAnalysis {
  /** Most histories are decided by one search before a second thread would pay. */
  private static final Duration ALONE = Duration.ofMillis(50);

  private ObjectAnalysis() {}

  static Analysis analyse(
      ObjectHistory history, Model model, Algorithm algorithm, SearchLimits limits) {
    return switch (algorithm) {
      case AUTO ->
          NearLinear.decide(history, model, limits).orElseGet(() -> search(history, model, limits));
      case WGL -> SearchAlgorithm.WGL.analyse(history, model, limits);
      case LINEAR -> SearchAlgorithm.LINEAR.analyse(history, model, limits);
      case COMPETITION -> Competition.analyse(history, model, limits);
      case UNIQUE ->
          NearLinear.decide(history, model, limits)
              .orElseGet(
                  () ->
                      undecided(
                          NearLinear.ANALYZER,
                          "values do not tell which operation they come from; use another algorithm"));
    };
  }

  private static Analysis search(ObjectHistory history, Model model, SearchLimits limits) {
    SearchLimits alone = limits.attempt(ALONE);
    Analysis first = SearchAlgorithm.WGL.analyse(history, model, alone);
    return first instanceof Analysis.Unknown && limits.exceeded(0).isEmpty()
        ? Competition.analyse(history, model, limits).after(first.cost())
        : first;
  }

  private static Analysis undecided(String analyzer, String cause) {
    return new Analysis.Unknown(analyzer, Cost.NONE, cause, 0);
  }
}
