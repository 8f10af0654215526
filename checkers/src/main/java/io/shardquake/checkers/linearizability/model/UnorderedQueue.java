package io.shardquake.checkers.linearizability.model;

import io.shardquake.checkers.history.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A queue that hands out its values in any order; it may hold a value more than once. */
record UnorderedQueue(Map<Value, Integer> counts) implements Model {
  UnorderedQueue {
    counts = Map.copyOf(counts);
  }

  static UnorderedQueue of(List<Value> items) {
    Map<Value, Integer> counts = new HashMap<>();
    items.forEach(item -> counts.merge(item, 1, Integer::sum));
    return new UnorderedQueue(counts);
  }

  @Override
  public Optional<Specification> specification() {
    return Optional.of(new Specification.UnorderedQueue(items()));
  }

  private List<Value> items() {
    List<Value> items = new ArrayList<>();
    counts.forEach((item, count) -> items.addAll(Collections.nCopies(count, item)));
    return items;
  }

  @Override
  public Step step(Call call) {
    return switch (call.function()) {
      case "enqueue" -> Step.to(changed(call.argument(), 1));
      case "dequeue" -> dequeue(call);
      default -> throw new UnknownCallException("unordered-queue", "enqueue and dequeue", call);
    };
  }

  private Step dequeue(Call call) {
    if (call.result().isEmpty()) {
      return counts.isEmpty()
          ? Step.to(this)
          : new Step.OneOf(
              counts.keySet().stream()
                  .sorted((a, b) -> a.toString().compareTo(b.toString()))
                  .<Model>map(item -> changed(item, -1))
                  .toList());
    }
    Value item = call.result().get();
    if (item.isNil()) {
      return counts.isEmpty() ? Step.to(this) : Step.inconsistent("can't find " + this + " empty");
    }
    return counts.containsKey(item)
        ? Step.to(changed(item, -1))
        : Step.inconsistent("can't dequeue " + item + " from " + this);
  }

  private UnorderedQueue changed(Value item, int by) {
    Map<Value, Integer> next = new HashMap<>(counts);
    next.compute(
        item,
        (same, before) -> {
          int count = (before == null ? 0 : before) + by;
          return count == 0 ? null : count;
        });
    return new UnorderedQueue(next);
  }

  @Override
  public Effect effect(Call call) {
    return effectOf("unordered-queue", call);
  }

  static Effect effectOf(String model, Call call) {
    return switch (call.function()) {
      case "enqueue" -> Effect.CHANGES;
      case "dequeue" ->
          call.result().isPresent() && call.result().get().isNil()
              ? Effect.OBSERVES
              : Effect.CHANGES;
      default -> throw new UnknownCallException(model, "enqueue and dequeue", call);
    };
  }

  @Override
  public Call simplified(Call call) {
    return call.function().equals("enqueue") ? call.withoutResult() : call;
  }

  @Override
  public String toString() {
    List<String> items = new ArrayList<>();
    counts.forEach((item, count) -> items.add(count == 1 ? "" + item : item + " x" + count));
    items.sort(String::compareTo);
    return items.toString();
  }
}
