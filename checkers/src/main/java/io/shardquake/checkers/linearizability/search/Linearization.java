package io.shardquake.checkers.linearizability.search;

import io.shardquake.checkers.linearizability.analysis.LimitPoll;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchEndedException;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.model.Model;
import java.util.List;
import java.util.Optional;

/** An order of operations that shows a history to be linearizable. */
public final class Linearization {
  private Linearization() {}

  /**
   * Searches for one, depth first.
   *
   * @return numbers of operations in an order that is legal from the initial state, respects real
   *     time, and holds every operation that returned; empty if there is none, or none was found
   *     within the limits
   */
  public static Optional<List<Integer>> find(
      ObjectHistory history, Model initial, SearchLimits limits) {
    try {
      Timeline timeline = Timeline.of(history, initial, new LimitPoll(limits));
      Linearizer linearizer =
          new Linearizer(timeline, new ValueFlow(timeline, initial), initial, Reductions.ALL);
      return new WglSearch(timeline, linearizer, limits)
          .path()
          .map(path -> new PathReplay(timeline, initial, path).order());
    } catch (SearchEndedException ended) {
      return Optional.empty();
    }
  }
}
