package io.shardquake.checkers.linearizability.search;

import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.Cost;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchEndedException;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import java.util.List;

/** A walk over the graph of configurations within limits. One use, one thread. */
abstract class Search {
  /** A step may try dozens of operations in dozens of configurations, so these are few. */
  private static final int STEPS_BETWEEN_POLLS = 16;

  private final String name;
  private final SearchLimits limits;
  private final Timeline timeline;
  private final Linearizer linearizer;
  private final long startedNanos;
  private long configurations;
  private long steps;
  private long peakBytes;
  private int reached;

  /**
   * @throws SearchEndedException if the model does not know an operation
   */
  Search(String name, Timeline timeline, Linearizer linearizer, SearchLimits limits) {
    this.name = name;
    this.limits = limits;
    this.startedNanos = limits.elapsedNanos();
    this.timeline = timeline;
    this.linearizer = linearizer;
  }

  /**
   * Walks to the end.
   *
   * @return how many returns can be passed, all if the history is linearizable
   * @throws SearchEndedException if a limit is met
   */
  abstract int walk();

  /** Memory held by the sets of configurations. */
  abstract long setBytes();

  final Analysis run() {
    try {
      poll();
      int passed = walk();
      poll();
      return passed == returns() ? new Analysis.Valid(name, cost()) : invalid(passed);
    } catch (SearchEndedException ended) {
      return new Analysis.Unknown(name, cost(), ended.getMessage(), reached);
    }
  }

  private Analysis invalid(int passed) {
    int operation = timeline.returning(passed);
    return new Analysis.Invalid(
        name, cost(), why(timeline.history(), operation), List.of(operation));
  }

  /** Why there is no linearization, if the search came as far as the return of an operation. */
  static String why(ObjectHistory history, int operation) {
    return "no linearization exists: the search came as far as the return of "
        + history.named(operation);
  }

  private Cost cost() {
    return new Cost(limits.elapsedNanos() - startedNanos, configurations, peakBytes);
  }

  /** Notes that all returns before the one of this number can be passed. */
  final void reached(int number) {
    reached = number;
  }

  /** Notes a configuration, and ends the search if a limit is met. */
  final void countConfiguration() {
    configurations++;
    countStep();
  }

  /** Notes work done, and ends the search if a limit is met. */
  final void countStep() {
    if (++steps % STEPS_BETWEEN_POLLS == 0) {
      poll();
    }
  }

  private void poll() {
    long bytes = setBytes() + linearizer.bytes();
    peakBytes = Math.max(peakBytes, bytes);
    limits
        .exceeded(bytes)
        .ifPresent(
            cause -> {
              throw new SearchEndedException(cause);
            });
  }

  final Linearizer linearizer() {
    return linearizer;
  }

  final Timeline timeline() {
    return timeline;
  }

  final int returns() {
    return timeline.returns();
  }
}
