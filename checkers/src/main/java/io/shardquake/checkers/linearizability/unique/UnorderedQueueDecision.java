package io.shardquake.checkers.linearizability.unique;

import io.shardquake.checkers.linearizability.analysis.LimitPoll;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.model.Specification;
import io.shardquake.checkers.linearizability.unique.QueueHistory.Kind;
import java.util.Optional;

/**
 * Decides histories of a queue without order. As long as no dequeue found it empty, counting
 * suffices, even if a value was enqueued more than once: an enqueue may take effect at its call and
 * a dequeue at its return.
 */
final class UnorderedQueueDecision {
  private UnorderedQueueDecision() {}

  static Decision of(
      ObjectHistory history, Specification.UnorderedQueue specification, LimitPoll poll) {
    return QueueHistory.of(history, specification.initial(), poll)
        .map(UnorderedQueueDecision::of)
        .orElseGet(Decision.Undecided::new);
  }

  private static Decision of(QueueHistory queue) {
    Optional<Contradiction> overdrawn = new Balances(queue).overdrawn();
    if (overdrawn.isPresent() || !queue.has(Kind.FOUND_EMPTY)) {
      return Decision.of(overdrawn, true);
    }
    QueueItems items = new QueueItems(queue);
    return Decision.of(items.attachDequeues().or(() -> Emptiness.conflict(items)), items.exact());
  }
}
