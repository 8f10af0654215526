package io.shardquake.checkers.linearizability.model;

import io.shardquake.checkers.history.Value;
import java.util.Optional;

/**
 * What an operation did, without when.
 *
 * @param function {@code read}, {@code write}, {@code cas}, …
 * @param argument {@link Value#nil()} where there is none
 * @param result what it returned; empty if nobody knows
 */
public record Call(String function, Value argument, Optional<Value> result) {
  /** The same with its result forgotten. */
  public Call withoutResult() {
    return new Call(function, argument, Optional.empty());
  }

  @Override
  public String toString() {
    return function
        + (argument.isNil() ? "" : " " + argument)
        + result.map(value -> value.equals(argument) ? "" : " -> " + value).orElse(" -> ?");
  }
}
