package io.shardquake.checkers.linearizability.model;

import io.shardquake.checkers.history.Value;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Registers by name, used in transactions. A register that was never written holds nil. */
record MultiRegister(Map<String, Value> values) implements Model {
  private static final String TAKES = "txn of [[read name value] [write name value] ...]";

  MultiRegister {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  private record MicroOperation(boolean writes, String name, Value value) {}

  @Override
  public Step step(Call call) {
    Map<String, Value> next = new TreeMap<>(values);
    for (MicroOperation micro : transaction(call)) {
      Value held = next.getOrDefault(micro.name, Value.nil());
      if (micro.writes) {
        next.put(micro.name, micro.value);
      } else if (call.result().isPresent() && !micro.value.equals(held)) {
        return Step.inconsistent(
            "can't read " + micro.value + " from " + micro.name + ", which holds " + held);
      }
    }
    return Step.to(next.equals(values) ? this : new MultiRegister(next));
  }

  @Override
  public Effect effect(Call call) {
    return transaction(call).stream().anyMatch(MicroOperation::writes)
        ? Effect.CHANGES
        : Effect.OBSERVES;
  }

  private static List<MicroOperation> transaction(Call call) {
    if (call.function().equals("txn")
        && call.result().orElse(call.argument()) instanceof Value.Sequence micros) {
      return micros.items().stream().map(micro -> microOperation(call, micro)).toList();
    }
    throw new UnknownCallException("multi-register", TAKES, call);
  }

  private static MicroOperation microOperation(Call call, Value micro) {
    if (micro instanceof Value.Sequence parts && parts.items().size() == 3) {
      switch (name(parts.items().get(0))) {
        case "read", "r" -> {
          return new MicroOperation(false, name(parts.items().get(1)), parts.items().get(2));
        }
        case "write", "w" -> {
          return new MicroOperation(true, name(parts.items().get(1)), parts.items().get(2));
        }
        default -> throw new UnknownCallException("multi-register", TAKES, call);
      }
    }
    throw new UnknownCallException("multi-register", TAKES, call);
  }

  private static String name(Value value) {
    if (value instanceof Value.Keyword keyword) {
      return keyword.name();
    }
    return value instanceof Value.Text text ? text.value() : value.toString();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
