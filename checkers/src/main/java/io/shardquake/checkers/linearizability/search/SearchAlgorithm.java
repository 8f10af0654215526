package io.shardquake.checkers.linearizability.search;

import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.Cost;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.model.Model;

/** The general searches: for any model, exact, exponential in the worst case. */
public enum SearchAlgorithm {
  /** Wing and Gong's depth-first search with Lowe's memory of configurations. */
  WGL {
    @Override
    Search search(ObjectHistory history, Model initial, SearchLimits limits) {
      return new WglSearch(history, initial, limits);
    }
  },
  /** Lowe's just-in-time linearization, breadth first. */
  LINEAR {
    @Override
    Search search(ObjectHistory history, Model initial, SearchLimits limits) {
      return new LinearSearch(history, initial, limits);
    }
  };

  abstract Search search(ObjectHistory history, Model initial, SearchLimits limits);

  /** Decides whether the operations are linearizable; {@link Analysis.Unknown} at a limit. */
  public Analysis analyse(ObjectHistory history, Model initial, SearchLimits limits) {
    try {
      return search(history, initial, limits).run();
    } catch (SearchEndedException ended) {
      return new Analysis.Unknown(
          name().toLowerCase(java.util.Locale.ROOT), Cost.NONE, ended.getMessage(), 0);
    }
  }
}
