package io.shardquake.checkers.linearizability.unique;

import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.Cost;
import io.shardquake.checkers.linearizability.analysis.LimitPoll;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchEndedException;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.model.Specification;
import java.util.Optional;

/**
 * Decides linearizability without search, in time and memory proportional to the history, where its
 * values tell which operation they come from. Exact: it answers only if a theorem covers the
 * history, outcomes unknown included. What each algorithm asks of a history:
 *
 * <ul>
 *   <li>register: each value that was read has at most one operation that may have written it
 *       (Gibbons and Korach, Testing shared memories, 1997, extended by compare-and-set and by
 *       operations of unknown outcome);
 *   <li>growing set: nothing;
 *   <li>queues: each value that was dequeued has at most one operation that may have enqueued it;
 *       for the unordered queue only if a dequeue found it empty.
 * </ul>
 *
 * <p>Where that holds for part of a history only, a contradiction in that part still decides. The
 * proofs are in {@code docs/checkers.md}. Stateless, safe for use by many threads.
 */
public final class NearLinear {
  /** Name of these algorithms in an {@link Analysis}. */
  public static final String ANALYZER = "unique";

  /** Bytes held for each operation, event and value: the columns of the register algorithm. */
  private static final long BYTES_PER_OPERATION = 56;

  private NearLinear() {}

  /**
   * Decides, if a theorem covers the history.
   *
   * @param model the object in its initial state
   * @return empty if no theorem does and a search must decide; {@link Analysis.Unknown} only if a
   *     limit is met
   */
  public static Optional<Analysis> decide(ObjectHistory history, Model model, SearchLimits limits) {
    return model.specification().flatMap(specification -> decide(history, specification, limits));
  }

  private static Optional<Analysis> decide(
      ObjectHistory history, Specification specification, SearchLimits limits) {
    long began = limits.elapsedNanos();
    long bytes = bytes(history);
    try {
      LimitPoll poll = poll(limits, bytes);
      Decision decision =
          specification.match(
              register -> RegisterDecision.of(history, register, poll),
              set -> GrowingSetDecision.of(history, set, poll),
              queue -> FifoQueueDecision.of(history, queue, poll),
              queue -> UnorderedQueueDecision.of(history, queue, poll));
      return decision.analysis(new Cost(limits.elapsedNanos() - began, 0, bytes));
    } catch (SearchEndedException ended) {
      Cost cost = new Cost(limits.elapsedNanos() - began, 0, 0);
      return Optional.of(new Analysis.Unknown(ANALYZER, cost, ended.getMessage(), 0));
    }
  }

  private static long bytes(ObjectHistory history) {
    return BYTES_PER_OPERATION * (history.size() + (long) history.values());
  }

  private static LimitPoll poll(SearchLimits limits, long bytes) {
    LimitPoll poll = new LimitPoll(limits);
    poll.hold(bytes);
    poll.now();
    return poll;
  }

  /**
   * A linearization, where the theorem for registers covers the history and finds it linearizable.
   *
   * @return numbers of the operations that took effect, in an order in which they may have done so;
   *     empty otherwise, also if a limit is met
   */
  public static Optional<int[]> linearization(
      ObjectHistory history, Model model, SearchLimits limits) {
    return model
        .specification()
        .flatMap(
            specification ->
                specification.match(
                    register -> linearization(history, register, limits),
                    set -> Optional.empty(),
                    queue -> Optional.empty(),
                    queue -> Optional.empty()));
  }

  private static Optional<int[]> linearization(
      ObjectHistory history, Specification.Register register, SearchLimits limits) {
    try {
      return RegisterDecision.order(history, register, poll(limits, 2 * bytes(history)));
    } catch (SearchEndedException ended) {
      return Optional.empty();
    }
  }
}
