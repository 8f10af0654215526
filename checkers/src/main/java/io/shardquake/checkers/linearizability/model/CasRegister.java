package io.shardquake.checkers.linearizability.model;

import io.shardquake.checkers.history.Value;
import java.util.Optional;

/** Holds one value; reads, writes, and compare-and-sets. */
record CasRegister(Value value) implements Model {
  private static final String TAKES = "read, write and cas of [expected new]";
  private static final Value MISSED = Value.of(false);

  @Override
  public Optional<Specification> specification() {
    return Optional.of(new Specification.Register(value, true));
  }

  @Override
  public Step step(Call call) {
    return switch (call.function()) {
      case "read" -> Register.read(call, value, this);
      case "write" -> Step.to(new CasRegister(call.argument()));
      case "cas" -> compareAndSet(call);
      default -> throw new UnknownCallException("cas-register", TAKES, call);
    };
  }

  private Step compareAndSet(Call call) {
    Value.Sequence pair = pair(call);
    boolean matches = pair.items().get(0).equals(value);
    if (missed(call)) {
      return matches
          ? Step.inconsistent("can't miss " + value + " in a cas that expects it")
          : Step.to(this);
    }
    return matches
        ? Step.to(new CasRegister(pair.items().get(1)))
        : Step.inconsistent("can't cas " + value + " from " + pair.items().get(0));
  }

  @Override
  public Effect effect(Call call) {
    return switch (call.function()) {
      case "read" -> Effect.OBSERVES;
      case "write" -> Effect.OVERWRITES;
      case "cas" -> {
        Value.Sequence pair = pair(call);
        boolean keeps = missed(call) || pair.items().get(0).equals(pair.items().get(1));
        yield keeps ? Effect.OBSERVES : Effect.CHANGES;
      }
      default -> throw new UnknownCallException("cas-register", TAKES, call);
    };
  }

  @Override
  public Call simplified(Call call) {
    if (call.function().equals("read")) {
      return Register.read(call);
    }
    return missed(call) ? call : call.withoutResult();
  }

  private static boolean missed(Call call) {
    return call.result().isPresent() && call.result().get().equals(MISSED);
  }

  private static Value.Sequence pair(Call call) {
    if (call.argument() instanceof Value.Sequence pair && pair.items().size() == 2) {
      return pair;
    }
    throw new UnknownCallException("cas-register", TAKES, call);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
