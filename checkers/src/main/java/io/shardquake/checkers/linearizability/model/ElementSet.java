package io.shardquake.checkers.linearizability.model;

import io.shardquake.checkers.history.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A set that only grows, read as a whole. */
record ElementSet(Set<Value> elements) implements Model {
  private static final String TAKES = "add of an element and read of all elements";

  static ElementSet of(List<Value> elements) {
    return new ElementSet(Set.copyOf(elements));
  }

  @Override
  public Optional<Specification> specification() {
    return Optional.of(new Specification.GrowingSet(List.copyOf(elements)));
  }

  @Override
  public Step step(Call call) {
    return switch (call.function()) {
      case "add" -> add(call.argument());
      case "read" -> read(call);
      default -> throw new UnknownCallException("set", TAKES, call);
    };
  }

  private Step add(Value element) {
    if (elements.contains(element)) {
      return Step.to(this);
    }
    Set<Value> more = new HashSet<>(elements);
    more.add(element);
    return Step.to(new ElementSet(Set.copyOf(more)));
  }

  private Step read(Call call) {
    return call.result().map(seen -> Set.copyOf(elements(seen)).equals(elements)).orElse(true)
        ? Step.to(this)
        : Step.inconsistent("can't read " + call.result().get() + " from " + this);
  }

  private static List<Value> elements(Value seen) {
    if (seen instanceof Value.Sequence sequence) {
      return sequence.items();
    }
    if (seen.isNil()) {
      return List.of();
    }
    throw new IllegalArgumentException("a set's read returns a sequence, not " + seen);
  }

  @Override
  public Effect effect(Call call) {
    return switch (call.function()) {
      case "add" -> Effect.CHANGES;
      case "read" -> {
        call.result().ifPresent(ElementSet::elements);
        yield Effect.OBSERVES;
      }
      default -> throw new UnknownCallException("set", TAKES, call);
    };
  }

  @Override
  public Call simplified(Call call) {
    return call.function().equals("add") ? call.withoutResult() : call;
  }

  @Override
  public String toString() {
    return elements.stream().map(Value::toString).sorted().toList().toString();
  }
}
