package io.shardquake.checkers.linearizability.oracle;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.model.Call;
import io.shardquake.checkers.linearizability.model.Model;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * An object that really is what a model says, one operation at a time, to record histories from.
 */
public interface SimulatedObject {
  /** The model of the object in its initial state. */
  Model model();

  /** An operation that a client might call now; its result is not known yet. */
  Call call(RandomGenerator random);

  /** Does it now, and says what it returned; empty if it was refused and changed nothing. */
  Optional<Value> apply(Call call, RandomGenerator random);

  /** What it might return for the call, right or wrong. */
  Value guess(Call call, RandomGenerator random);
}
