package io.shardquake.workloads.register;

import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.generator.GeneratorEvent.Result;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.generator.Simulation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Registers that take effect when they are invoked, and answer ten nanoseconds later. */
class RegisterCluster implements Simulation.Cluster {
  private final Map<Value, Value> registers = new HashMap<>();
  private int compared;
  private int matched;

  int compared() {
    return compared;
  }

  int matched() {
    return matched;
  }

  @Override
  public Simulation.End answer(long ordinal, Request request) {
    Value held = registers.getOrDefault(request.key(), Value.nil());
    return switch (request.function()) {
      case "read" -> new Simulation.End(10, Result.OK, held);
      case "write" -> set(request, request.value());
      default -> compareAndSet(request, held);
    };
  }

  private Simulation.End compareAndSet(Request request, Value held) {
    compared++;
    List<Value> pair = ((Value.Sequence) request.value()).items();
    if (!held.equals(pair.get(0))) {
      return new Simulation.End(10, Result.FAIL, Value.nil());
    }
    matched++;
    return set(request, pair.get(1));
  }

  private Simulation.End set(Request request, Value value) {
    registers.put(request.key(), value);
    return new Simulation.End(10, Result.OK, request.value());
  }
}
