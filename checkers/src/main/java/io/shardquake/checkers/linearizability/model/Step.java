package io.shardquake.checkers.linearizability.model;

import java.util.List;

/** The outcome of a call in one state. */
public sealed interface Step {
  /** It is consistent and leads to {@code next}. */
  record To(Model next) implements Step {}

  /**
   * It is consistent and may lead to any of {@code next}, which is not empty: a call of unknown
   * result, such as a dequeue from an unordered queue.
   */
  record OneOf(List<Model> next) implements Step {
    public OneOf {
      next = List.copyOf(next);
      if (next.isEmpty()) {
        throw new IllegalArgumentException("a step to one of no states; use Inconsistent");
      }
    }
  }

  /** It cannot happen in that state; {@code why} is a phrase such as "can't read 3 from 2". */
  record Inconsistent(String why) implements Step {}

  static Step to(Model next) {
    return new To(next);
  }

  static Step inconsistent(String why) {
    return new Inconsistent(why);
  }
}
