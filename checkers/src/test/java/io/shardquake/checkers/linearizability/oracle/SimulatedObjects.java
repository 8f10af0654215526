package io.shardquake.checkers.linearizability.oracle;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.model.Call;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.model.Models;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** One simulated object for each of the {@link Models}. */
public final class SimulatedObjects {
  private static final Value DONE = Value.of(true);

  private SimulatedObjects() {}

  /**
   * The object of a model.
   *
   * @param fresh how likely a written value is to be one that was not used before
   */
  public static SimulatedObject named(String model, double fresh, RandomGenerator random) {
    Values values = new Values(fresh);
    return switch (model) {
      case "register" -> new Register(values, false, random);
      case "cas-register" -> new Register(values, true, random);
      case "multi-register" -> new MultiRegister(values);
      case "mutex" -> new Mutex();
      case "fifo-queue" -> new Queue(values, true, random);
      case "unordered-queue" -> new Queue(values, false, random);
      case "set" -> new ElementSet(values, random);
      default -> throw new IllegalArgumentException("no simulated object for " + model);
    };
  }

  private static Call call(String function, Value argument) {
    return new Call(function, argument, Optional.empty());
  }

  private static List<Value> initial(Values values, RandomGenerator random) {
    List<Value> initial = new ArrayList<>();
    while (random.nextInt(4) == 0) {
      initial.add(values.write(random));
    }
    return initial;
  }

  private static final class Register implements SimulatedObject {
    private final Values values;
    private final boolean compareAndSet;
    private final Value initial;
    private Value held;

    Register(Values values, boolean compareAndSet, RandomGenerator random) {
      this.values = values;
      this.compareAndSet = compareAndSet;
      this.initial = random.nextBoolean() ? Value.nil() : values.write(random);
      this.held = initial;
    }

    @Override
    public Model model() {
      return compareAndSet ? Models.casRegister(initial) : Models.register(initial);
    }

    @Override
    public Call call(RandomGenerator random) {
      return switch (random.nextInt(compareAndSet ? 4 : 2)) {
        case 0 -> SimulatedObjects.call("read", Value.nil());
        case 1 -> SimulatedObjects.call("write", values.write(random));
        default -> {
          Value expected = random.nextInt(3) > 0 ? held : values.guess(random);
          Value replacement = random.nextInt(10) == 0 ? values.guess(random) : values.write(random);
          yield SimulatedObjects.call("cas", Value.pair(expected, replacement));
        }
      };
    }

    @Override
    public Optional<Value> apply(Call call, RandomGenerator random) {
      switch (call.function()) {
        case "read" -> {
          return Optional.of(held);
        }
        case "write" -> held = call.argument();
        default -> {
          List<Value> pair = ((Value.Sequence) call.argument()).items();
          if (!pair.get(0).equals(held)) {
            return random.nextInt(4) == 0 ? Optional.of(Value.of(false)) : Optional.empty();
          }
          held = pair.get(1);
        }
      }
      return Optional.of(random.nextBoolean() ? DONE : call.argument());
    }

    @Override
    public Value guess(Call call, RandomGenerator random) {
      return call.function().equals("cas") ? Value.of(random.nextBoolean()) : values.guess(random);
    }
  }

  private static final class MultiRegister implements SimulatedObject {
    private final Values values;
    private final Map<String, Value> held = new TreeMap<>();

    MultiRegister(Values values) {
      this.values = values;
    }

    @Override
    public Model model() {
      return Models.multiRegister(Value.nil());
    }

    @Override
    public Call call(RandomGenerator random) {
      List<Value> micros = new ArrayList<>();
      do {
        Value name = Value.of(random.nextBoolean() ? "x" : "y");
        boolean reads = random.nextBoolean();
        micros.add(
            Value.of(
                List.of(
                    Value.of(reads ? "read" : "write"),
                    name,
                    reads ? Value.nil() : values.write(random))));
      } while (random.nextInt(3) == 0);
      return SimulatedObjects.call("txn", Value.of(micros));
    }

    @Override
    public Optional<Value> apply(Call call, RandomGenerator random) {
      List<Value> results = new ArrayList<>();
      for (Value micro : ((Value.Sequence) call.argument()).items()) {
        List<Value> parts = ((Value.Sequence) micro).items();
        String name = parts.get(1).toString();
        if (parts.get(0).equals(Value.of("write"))) {
          held.put(name, parts.get(2));
        }
        results.add(
            Value.of(List.of(parts.get(0), parts.get(1), held.getOrDefault(name, Value.nil()))));
      }
      return Optional.of(Value.of(results));
    }

    @Override
    public Value guess(Call call, RandomGenerator random) {
      List<Value> results = new ArrayList<>();
      for (Value micro : ((Value.Sequence) call.argument()).items()) {
        List<Value> parts = ((Value.Sequence) micro).items();
        boolean writes = parts.get(0).equals(Value.of("write"));
        Value value = writes ? parts.get(2) : values.guess(random);
        results.add(Value.of(List.of(parts.get(0), parts.get(1), value)));
      }
      return Value.of(results);
    }
  }

  private static final class Mutex implements SimulatedObject {
    private boolean held;

    @Override
    public Model model() {
      return Models.mutex();
    }

    @Override
    public Call call(RandomGenerator random) {
      boolean acquire = random.nextInt(5) == 0 ? random.nextBoolean() : !held;
      return SimulatedObjects.call(acquire ? "acquire" : "release", Value.nil());
    }

    @Override
    public Optional<Value> apply(Call call, RandomGenerator random) {
      boolean acquire = call.function().equals("acquire");
      if (acquire == held) {
        return Optional.empty();
      }
      held = acquire;
      return Optional.of(DONE);
    }

    @Override
    public Value guess(Call call, RandomGenerator random) {
      return DONE;
    }
  }

  private static final class Queue implements SimulatedObject {
    private final Values values;
    private final boolean ordered;
    private final List<Value> initial;
    private final List<Value> items;

    Queue(Values values, boolean ordered, RandomGenerator random) {
      this.values = values;
      this.ordered = ordered;
      this.initial = List.copyOf(initial(values, random));
      this.items = new ArrayList<>(initial);
    }

    @Override
    public Model model() {
      return ordered ? Models.fifoQueue(initial) : Models.unorderedQueue(initial);
    }

    @Override
    public Call call(RandomGenerator random) {
      return random.nextBoolean()
          ? SimulatedObjects.call("enqueue", values.write(random))
          : SimulatedObjects.call("dequeue", Value.nil());
    }

    @Override
    public Optional<Value> apply(Call call, RandomGenerator random) {
      if (call.function().equals("enqueue")) {
        items.add(call.argument());
        return Optional.of(DONE);
      }
      if (items.isEmpty()) {
        return random.nextBoolean() ? Optional.of(Value.nil()) : Optional.empty();
      }
      return Optional.of(items.remove(ordered ? 0 : random.nextInt(items.size())));
    }

    @Override
    public Value guess(Call call, RandomGenerator random) {
      return call.function().equals("enqueue") ? DONE : values.guess(random);
    }
  }

  private static final class ElementSet implements SimulatedObject {
    private final Values values;
    private final List<Value> initial;
    private final List<Value> elements;

    ElementSet(Values values, RandomGenerator random) {
      this.values = values;
      this.initial = List.copyOf(initial(values, random));
      this.elements = new ArrayList<>(initial.stream().distinct().toList());
    }

    @Override
    public Model model() {
      return Models.set(initial);
    }

    @Override
    public Call call(RandomGenerator random) {
      return random.nextBoolean()
          ? SimulatedObjects.call("add", values.write(random))
          : SimulatedObjects.call("read", Value.nil());
    }

    @Override
    public Optional<Value> apply(Call call, RandomGenerator random) {
      if (call.function().equals("add")) {
        if (!elements.contains(call.argument())) {
          elements.add(call.argument());
        }
        return Optional.of(DONE);
      }
      if (elements.isEmpty() && random.nextBoolean()) {
        return Optional.of(Value.nil());
      }
      List<Value> seen = new ArrayList<>(elements);
      if (random.nextInt(4) == 0) {
        Collections.reverse(seen);
      }
      return Optional.of(Value.of(seen));
    }

    @Override
    public Value guess(Call call, RandomGenerator random) {
      if (call.function().equals("add")) {
        return DONE;
      }
      List<Value> seen = new ArrayList<>(elements);
      seen.removeIf(element -> random.nextInt(3) == 0);
      if (random.nextInt(8) == 0) {
        seen.add(values.guess(random));
      }
      return Value.of(seen);
    }
  }
}
