package io.shardquake.checkers.linearizability.search;

import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.model.Model;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a history ceases to be linearizable.
 *
 * @param operation number of the first operation whose return no linearization allows
 * @param returnsPassed how many returns before it some linearization allows
 * @param configurations what the linearizations up to there come down to, the first few
 * @param configurationCount how many there are
 */
public record DeadEnd(
    int operation,
    int returnsPassed,
    List<FinalConfiguration> configurations,
    int configurationCount) {
  public DeadEnd {
    configurations = List.copyOf(configurations);
  }

  /**
   * What some linearizations come down to.
   *
   * @param state the state that they lead to
   * @param last number of the operation that one of them ends with, if it holds any
   * @param pending numbers of the open operations that they do not hold
   */
  public record FinalConfiguration(Model state, OptionalInt last, List<Integer> pending) {
    public FinalConfiguration {
      pending = List.copyOf(pending);
    }
  }

  /**
   * Searches for the dead end, breadth first.
   *
   * @param most how many configurations to give
   * @return empty if there is none, or none was found within the limits
   */
  public static Optional<DeadEnd> find(
      ObjectHistory history, Model initial, SearchLimits limits, int most) {
    try {
      Timeline timeline = new Timeline(history, new CallClasses(history, initial));
      Linearizer linearizer =
          new Linearizer(
              timeline, new ValueFlow(timeline.classes(), initial), initial, Reductions.PLAIN);
      return new LinearSearch(timeline, linearizer, limits).deadEnd(most);
    } catch (SearchEndedException ended) {
      return Optional.empty();
    }
  }
}
