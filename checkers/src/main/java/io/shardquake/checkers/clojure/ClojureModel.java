package io.shardquake.checkers.clojure;

import clojure.lang.RT;
import clojure.lang.Util;
import io.shardquake.checkers.linearizability.model.Call;
import io.shardquake.checkers.linearizability.model.Effect;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A model whose states and steps are Clojure's. States are equal where {@code =} says so. */
final class ClojureModel implements Model {
  private final Rules rules;
  private final @Nullable Object state;

  /**
   * What all states of one object share.
   *
   * @param dialect how steps are asked for
   * @param operations the operation map for a call
   * @param twin the same object as a model of this library, if there is one: it knows what calls do
   *     in every state
   */
  record Rules(Dialect dialect, Function<Call, Object> operations, Optional<Model> twin) {}

  ClojureModel(Rules rules, @Nullable Object state) {
    this.rules = rules;
    this.state = state;
  }

  /** Clojure's own state. */
  @Nullable Object state() {
    return state;
  }

  @Override
  public Step step(Call call) {
    Object outcome = rules.dialect().step(state, rules.operations().apply(call));
    return rules
        .dialect()
        .inconsistency(outcome)
        .map(Step::inconsistent)
        .orElseGet(() -> consistent(outcome));
  }

  private Step consistent(@Nullable Object outcome) {
    List<Model> states = new ArrayList<>();
    for (Object next : rules.dialect().states(outcome)) {
      states.add(new ClojureModel(rules, next));
    }
    return states.size() == 1 ? Step.to(states.get(0)) : new Step.OneOf(states);
  }

  @Override
  public Effect effect(Call call) {
    return rules.twin().map(twin -> twin.effect(call)).orElse(Effect.CHANGES);
  }

  @Override
  public Call simplified(Call call) {
    return rules.twin().map(twin -> twin.simplified(call)).orElse(call);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ClojureModel that && Util.equiv(state, that.state);
  }

  @Override
  public int hashCode() {
    return Util.hasheq(state);
  }

  @Override
  public String toString() {
    return RT.printString(state);
  }
}
