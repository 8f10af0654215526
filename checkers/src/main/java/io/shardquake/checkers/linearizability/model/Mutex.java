package io.shardquake.checkers.linearizability.model;

/** A lock that one client holds at a time. */
record Mutex(boolean held) implements Model {
  @Override
  public Step step(Call call) {
    return switch (call.function()) {
      case "acquire" -> held ? Step.inconsistent("already held") : Step.to(new Mutex(true));
      case "release" -> held ? Step.to(new Mutex(false)) : Step.inconsistent("not held");
      default -> throw new UnknownCallException("mutex", "acquire and release", call);
    };
  }

  @Override
  public Effect effect(Call call) {
    return switch (call.function()) {
      case "acquire", "release" -> Effect.CHANGES;
      default -> throw new UnknownCallException("mutex", "acquire and release", call);
    };
  }

  @Override
  public Call simplified(Call call) {
    return call.withoutResult();
  }

  @Override
  public String toString() {
    return held ? "held" : "free";
  }
}
