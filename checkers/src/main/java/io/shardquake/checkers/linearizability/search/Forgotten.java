package io.shardquake.checkers.linearizability.search;

import io.shardquake.checkers.linearizability.model.Call;
import io.shardquake.checkers.linearizability.model.Effect;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.model.Step;

/**
 * Stands for all states that no operation asks for any more: only an overwriter leads on.
 *
 * @param any one of the model's states
 */
record Forgotten(Model any) implements Model {
  @Override
  public Step step(Call call) {
    return any.effect(call) == Effect.OVERWRITES
        ? any.step(call)
        : Step.inconsistent("no operation that is still open asks for the value held");
  }

  @Override
  public Effect effect(Call call) {
    return any.effect(call);
  }

  @Override
  public String toString() {
    return "a value that nothing asks for any more";
  }
}
