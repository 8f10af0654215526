package io.shardquake.checkers.linearizability.model;

import io.shardquake.checkers.history.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A queue that hands out its values in the order in which it took them. */
record FifoQueue(List<Value> items) implements Model {
  @Override
  public Optional<Specification> specification() {
    return Optional.of(new Specification.FifoQueue(items));
  }

  @Override
  public Step step(Call call) {
    return switch (call.function()) {
      case "enqueue" -> {
        List<Value> longer = new ArrayList<>(items);
        longer.add(call.argument());
        yield Step.to(new FifoQueue(List.copyOf(longer)));
      }
      case "dequeue" -> dequeue(call);
      default -> throw new UnknownCallException("fifo-queue", "enqueue and dequeue", call);
    };
  }

  private Step dequeue(Call call) {
    Value head = items.isEmpty() ? Value.nil() : items.get(0);
    if (call.result().isPresent() && !call.result().get().equals(head)) {
      return Step.inconsistent(
          items.isEmpty()
              ? "can't dequeue " + call.result().get() + " from an empty queue"
              : "can't dequeue " + call.result().get() + " while " + head + " is the oldest");
    }
    return Step.to(
        items.isEmpty() ? this : new FifoQueue(List.copyOf(items.subList(1, items.size()))));
  }

  @Override
  public Effect effect(Call call) {
    return UnorderedQueue.effectOf("fifo-queue", call);
  }

  @Override
  public Call simplified(Call call) {
    return call.function().equals("enqueue") ? call.withoutResult() : call;
  }

  @Override
  public String toString() {
    return items.toString();
  }
}
