package io.shardquake.checkers.linearizability.unique;

import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.Cost;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
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
   * @return empty if no theorem does and a search must decide; {@link Analysis.Unknown} only if the
   *     limits are already exceeded or do not allow the memory needed
   */
  public static Optional<Analysis> decide(ObjectHistory history, Model model, SearchLimits limits) {
    long began = limits.elapsedNanos();
    return model
        .specification()
        .flatMap(
            specification -> {
              long bytes = BYTES_PER_OPERATION * (history.size() + (long) history.values());
              Optional<String> exceeded = limits.exceeded(bytes);
              if (exceeded.isPresent()) {
                return Optional.of(new Analysis.Unknown(ANALYZER, Cost.NONE, exceeded.get(), 0));
              }
              Decision decision = decide(history, specification);
              return decision.analysis(new Cost(limits.elapsedNanos() - began, 0, bytes));
            });
  }

  /**
   * A linearization, where the theorem for registers covers the history and finds it linearizable.
   *
   * @return numbers of the operations that took effect, in an order in which they may have done so;
   *     empty otherwise, also if the limits do not allow the memory needed
   */
  public static Optional<int[]> linearization(
      ObjectHistory history, Model model, SearchLimits limits) {
    long bytes = 2 * BYTES_PER_OPERATION * (history.size() + (long) history.values());
    return limits.exceeded(bytes).isPresent()
        ? Optional.empty()
        : model
            .specification()
            .flatMap(
                specification ->
                    specification.match(
                        register -> RegisterDecision.order(history, register),
                        set -> Optional.empty(),
                        queue -> Optional.empty(),
                        queue -> Optional.empty()));
  }

  private static Decision decide(ObjectHistory history, Specification specification) {
    return specification.match(
        register -> RegisterDecision.of(history, register),
        set -> GrowingSetDecision.of(history, set),
        queue -> FifoQueueDecision.of(history, queue),
        queue -> UnorderedQueueDecision.of(history, queue));
  }
}
