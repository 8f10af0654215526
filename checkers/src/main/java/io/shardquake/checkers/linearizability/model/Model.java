package io.shardquake.checkers.linearizability.model;

import java.util.Optional;

/**
 * One state of an object and, through {@link #step}, its sequential specification. As in Knossos, a
 * model <em>is</em> its current state: stepping gives another model.
 *
 * <p>Contract: immutable; {@code equals} and {@code hashCode} compare states by content, because
 * the algorithms keep each distinct state once; {@link #step} is a pure function and safe for use
 * by many threads; {@code toString} shows the state to people. Algorithms call {@code step} at most
 * once for each pair of state and call, and remember the answer.
 */
public interface Model {
  /**
   * The well-known object that this model is, in this state. A user's own register that says so is
   * judged by the near-linear algorithms too.
   */
  default Optional<Specification> specification() {
    return Optional.empty();
  }

  /** What the call does in this state. A call that throws ends the analysis as UNKNOWN. */
  Step step(Call call);

  /**
   * What is known of the call's effect in <em>every</em> state, so that the algorithms may save
   * work; it must not depend on this state. {@link Effect#CHANGES} is always right. A wrong promise
   * is noticed when a step breaks it, and the analysis then ends as UNKNOWN.
   */
  default Effect effect(Call call) {
    return Effect.CHANGES;
  }

  /**
   * The call without what makes no difference to it, such as the reply to a write: calls that do
   * the same should become equal, because the algorithms save work on equal calls. {@link #step}
   * and {@link #effect} are asked for simplified calls only. It must not depend on this state.
   */
  default Call simplified(Call call) {
    return call;
  }
}
