package io.shardquake.checkers.linearizability.search;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.model.Call;
import io.shardquake.checkers.linearizability.model.Effect;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.model.Specification;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which value each class of calls needs a register to hold, and which it leaves there, as numbers.
 * Of other objects nothing is known.
 */
final class ValueFlow {
  /** No particular value. */
  static final int NONE = -1;

  private static final long BYTES_PER_CLASS = 64;

  private static final Optional<Value> MISSED = Optional.of(Value.of(false));

  private final Map<Value, Integer> numbers = new HashMap<>();
  private final boolean isRegister;
  private final int[] needed;
  private final int[] given;

  ValueFlow(Timeline timeline, Model initial) {
    CallClasses classes = timeline.classes();
    timeline.poll().hold(BYTES_PER_CLASS * classes.size());
    timeline.poll().now();
    isRegister = held(initial).isPresent();
    needed = new int[classes.size()];
    given = new int[classes.size()];
    Arrays.fill(needed, NONE);
    Arrays.fill(given, NONE);
    for (int number = 0; isRegister && number < classes.size(); number++) {
      timeline.poll().step();
      Call call = classes.call(number);
      if (classes.effect(number) == Effect.OVERWRITES) {
        given[number] = number(call.argument());
      } else if (call.function().equals("read")) {
        needed[number] = call.result().map(this::number).orElse(NONE);
      } else if (call.argument() instanceof Value.Sequence pair && !call.result().equals(MISSED)) {
        needed[number] = number(pair.items().get(0));
        given[number] =
            classes.effect(number) == Effect.CHANGES ? number(pair.items().get(1)) : NONE;
      }
    }
  }

  private static Optional<Value> held(Model state) {
    return state.specification().orElse(null) instanceof Specification.Register register
        ? Optional.of(register.initial())
        : Optional.empty();
  }

  private int number(Value value) {
    Integer known = numbers.putIfAbsent(value, numbers.size());
    return known == null ? numbers.size() - 1 : known;
  }

  /** Whether the object is a register, so that needs and gifts are all that there is to it. */
  boolean isRegister() {
    return isRegister;
  }

  /** Number of values that are needed or given. */
  int values() {
    return numbers.size();
  }

  /** The value that the call is possible at only; {@link #NONE} if at any, or if not known. */
  int neededBy(int callClass) {
    return needed[callClass];
  }

  /** The value that the call puts there; {@link #NONE} if it puts none. */
  int givenBy(int callClass) {
    return given[callClass];
  }

  /** The value that a register in this state holds; {@link #NONE} if no call needs or gives it. */
  int heldIn(Model state) {
    return held(state).map(value -> numbers.getOrDefault(value, NONE)).orElse(NONE);
  }

  long bytes() {
    return needed.length * 8L + numbers.size() * 80L;
  }
}
