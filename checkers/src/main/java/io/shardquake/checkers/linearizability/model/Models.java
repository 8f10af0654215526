package io.shardquake.checkers.linearizability.model;

import io.shardquake.checkers.history.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The models that come with the checker, those of Knossos. Each throws {@link
 * IllegalArgumentException} from {@link Model#effect} and {@link Model#step} for a call that it
 * does not know, with one line that says what it takes.
 */
public final class Models {
  /** Names that {@link #named} knows. */
  public static final List<String> NAMES =
      List.of(
          "register",
          "cas-register",
          "multi-register",
          "mutex",
          "fifo-queue",
          "unordered-queue",
          "set");

  private Models() {}

  /**
   * A model by its name.
   *
   * @param name one of {@link #NAMES}
   * @param initial what the object holds at first; {@link Value#nil()} for nothing
   * @throws IllegalArgumentException if there is no such model, or it cannot start so
   */
  public static Model named(String name, Value initial) {
    return switch (name) {
      case "register" -> register(initial);
      case "cas-register" -> casRegister(initial);
      case "multi-register" -> multiRegister(initial);
      case "mutex" -> mutex(initial);
      case "fifo-queue" -> fifoQueue(items(name, initial));
      case "unordered-queue" -> unorderedQueue(items(name, initial));
      case "set" -> set(items(name, initial));
      default ->
          throw new IllegalArgumentException(
              "there is no model " + name + "; known are " + String.join(", ", NAMES));
    };
  }

  /** {@code read} and {@code write}. */
  public static Model register(Value initial) {
    return new Register(initial);
  }

  /**
   * {@code read}, {@code write} and {@code cas} of {@code [expected new]}; a {@code cas} that
   * returned {@code false} observed another value than the expected one.
   */
  public static Model casRegister(Value initial) {
    return new CasRegister(initial);
  }

  /**
   * Many registers in one: {@code txn} of micro-operations {@code [read name value]} and {@code
   * [write name value]}, done in order and all at once.
   *
   * @param initial a mapping from names to values, or nil
   */
  public static Model multiRegister(Value initial) {
    if (initial instanceof Value.Mapping mapping) {
      return new MultiRegister(new TreeMap<>(mapping.entries()));
    }
    requireNil("multi-register", "a mapping of names to values", initial);
    return new MultiRegister(Map.of());
  }

  /** {@code acquire} and {@code release} of a free lock. */
  public static Model mutex() {
    return new Mutex(false);
  }

  private static Model mutex(Value initial) {
    if (initial instanceof Value.Bool held) {
      return new Mutex(held.value());
    }
    requireNil("mutex", "true (held) or false (free)", initial);
    return mutex();
  }

  /**
   * {@code enqueue} of a value and {@code dequeue} of the oldest; a {@code dequeue} of nil found
   * the queue empty.
   */
  public static Model fifoQueue(List<Value> initial) {
    return new FifoQueue(List.copyOf(initial));
  }

  /**
   * {@code enqueue} of a value and {@code dequeue} of any; a {@code dequeue} of nil found the queue
   * empty.
   */
  public static Model unorderedQueue(List<Value> initial) {
    return UnorderedQueue.of(initial);
  }

  /** {@code add} of an element and {@code read} of all of them, in any order. */
  public static Model set(List<Value> initial) {
    return ElementSet.of(initial);
  }

  private static List<Value> items(String model, Value initial) {
    if (initial instanceof Value.Sequence sequence) {
      return sequence.items();
    }
    requireNil(model, "a sequence of values", initial);
    return List.of();
  }

  private static void requireNil(String model, String takes, Value initial) {
    if (!initial.isNil()) {
      throw new IllegalArgumentException(
          "a " + model + " starts with nil or " + takes + ", not " + initial);
    }
  }
}
