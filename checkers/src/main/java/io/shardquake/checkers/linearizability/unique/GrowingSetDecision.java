package io.shardquake.checkers.linearizability.unique;

import io.shardquake.checkers.linearizability.analysis.LimitPoll;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.model.Specification;

/** Decides histories of a set that only grows. */
final class GrowingSetDecision {
  private GrowingSetDecision() {}

  static Decision of(ObjectHistory history, Specification.GrowingSet set, LimitPoll poll) {
    return SetReads.of(history, set.initial(), poll)
        .map(GrowingSetDecision::of)
        .orElseGet(Decision.Undecided::new);
  }

  private static Decision of(SetReads reads) {
    SetChain chain = new SetChain(reads);
    return Decision.of(chain.build().or(() -> new SetOrder(reads, chain).conflict()), true);
  }
}
