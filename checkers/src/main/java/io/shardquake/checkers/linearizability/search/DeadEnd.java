package io.shardquake.checkers.linearizability.search;

import io.shardquake.checkers.linearizability.analysis.LimitPoll;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchEndedException;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.model.Model;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a history ceases to be linearizable.
 *
 * @param operation number of the first operation whose return no linearization allows
 * @param returnsPassed how many returns before it some linearization allows, those among them that
 *     other operations tell of one whose outcome is unknown
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
   * Up to so many operations of unknown outcome the search bears with all of them, and tells what
   * became of each; where there are more, only those are left whose values were seen.
   */
  private static final int FEW_INFOS = 12;

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
      Timeline timeline = Timeline.of(history, initial, new LimitPoll(limits));
      ValueFlow flow = new ValueFlow(timeline, initial);
      Optional<SettledHistory> settled =
          flow.isRegister() && timeline.infos() > FEW_INFOS
              ? SettledHistory.of(timeline, flow, flow.heldIn(initial))
              : Optional.empty();
      return settled.isEmpty()
          ? find(timeline, flow, initial, limits, most)
          : findSettled(settled.get(), initial, limits, most);
    } catch (SearchEndedException ended) {
      return Optional.empty();
    }
  }

  private static Optional<DeadEnd> findSettled(
      SettledHistory settled, Model initial, SearchLimits limits, int most) {
    Timeline timeline = Timeline.of(settled.history(), initial, new LimitPoll(limits));
    return find(timeline, new ValueFlow(timeline, initial), initial, limits, most)
        .map(end -> end.original(settled));
  }

  private static Optional<DeadEnd> find(
      Timeline timeline, ValueFlow flow, Model initial, SearchLimits limits, int most) {
    Linearizer linearizer = new Linearizer(timeline, flow, initial, Reductions.PLAIN);
    return new LinearSearch(timeline, linearizer, limits).deadEnd(most);
  }

  private DeadEnd original(SettledHistory settled) {
    return new DeadEnd(
        settled.original(operation),
        returnsPassed,
        configurations.stream()
            .map(
                configuration ->
                    new FinalConfiguration(
                        configuration.state(),
                        configuration.last().stream().map(settled::kept).findFirst(),
                        configuration.pending().stream().map(settled::kept).toList()))
            .toList(),
        configurationCount);
  }
}
