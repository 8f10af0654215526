package io.shardquake.checkers.linearizability.unique;

import io.shardquake.checkers.linearizability.analysis.LimitPoll;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.model.Specification;
import java.util.Optional;

/** Decides histories of a first-in-first-out queue. */
final class FifoQueueDecision {
  private FifoQueueDecision() {}

  static Decision of(ObjectHistory history, Specification.FifoQueue specification, LimitPoll poll) {
    return QueueHistory.of(history, specification.initial(), poll)
        .map(FifoQueueDecision::of)
        .orElseGet(Decision.Undecided::new);
  }

  private static Decision of(QueueHistory queue) {
    QueueItems items = new QueueItems(queue);
    Optional<Contradiction> contradiction =
        items
            .attachDequeues()
            .or(() -> new FifoOrder(items).conflict())
            .or(() -> Emptiness.conflict(items));
    return Decision.of(contradiction, items.exact());
  }
}
