package io.shardquake.checkers.linearizability.model;

import io.shardquake.checkers.history.Value;
import java.util.Optional;

/** Holds one value; reads and writes. */
record Register(Value value) implements Model {
  @Override
  public Optional<Specification> specification() {
    return Optional.of(new Specification.Register(value, false));
  }

  @Override
  public Step step(Call call) {
    return switch (call.function()) {
      case "read" -> read(call, value, this);
      case "write" -> Step.to(new Register(call.argument()));
      default -> throw new UnknownCallException("register", "read and write", call);
    };
  }

  @Override
  public Effect effect(Call call) {
    return switch (call.function()) {
      case "read" -> Effect.OBSERVES;
      case "write" -> Effect.OVERWRITES;
      default -> throw new UnknownCallException("register", "read and write", call);
    };
  }

  @Override
  public Call simplified(Call call) {
    return call.function().equals("read") ? read(call) : call.withoutResult();
  }

  /** Some clients record with a read's call what it will return. */
  static Call read(Call call) {
    return new Call("read", Value.nil(), call.result());
  }

  static Step read(Call call, Value held, Model same) {
    return call.result().isEmpty() || call.result().get().equals(held)
        ? Step.to(same)
        : Step.inconsistent("can't read " + call.result().get() + " from " + held);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
