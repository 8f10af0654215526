package io.shardquake.checkers.linearizability.search;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.model.Call;
import io.shardquake.checkers.linearizability.model.Effect;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.model.Specification;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Until when the value of a register matters: the last return of an operation that is possible only
 * while the register holds it. Of other objects every state matters for ever.
 *
 * <p>A compare-and-set of unknown outcome asks for the value that it expects only as long as the
 * value that it puts there matters: where that does not, it can be left out.
 */
final class Demand {
  private static final Value MISSED = Value.of(false);

  private final boolean isRegister;
  private final Map<Value, Integer> until = new HashMap<>();
  private int anyUntil = -1;

  Demand(ObjectHistory history, CallClasses classes, Model initial) {
    isRegister = held(initial).isPresent();
    if (isRegister) {
      Map<Value, List<Value>> expectedBefore = new HashMap<>();
      for (int op = 0; op < history.size(); op++) {
        if (classes.effect(classes.of(op)) != Effect.OVERWRITES) {
          ask(classes.call(classes.of(op)), history.returned(op), expectedBefore);
        }
      }
      spread(expectedBefore);
    }
  }

  private static Optional<Value> held(Model state) {
    return state.specification().orElse(null) instanceof Specification.Register register
        ? Optional.of(register.initial())
        : Optional.empty();
  }

  private void ask(Call call, int returned, Map<Value, List<Value>> expectedBefore) {
    boolean returns = returned != ObjectHistory.NEVER;
    if (call.argument() instanceof Value.Sequence pair
        && !call.result().equals(Optional.of(MISSED))) {
      if (returns) {
        until.merge(pair.items().get(0), returned, Math::max);
      } else {
        expectedBefore
            .computeIfAbsent(pair.items().get(1), value -> new ArrayList<>())
            .add(pair.items().get(0));
      }
    } else if (returns) {
      if (call.function().equals("read") && call.result().isPresent()) {
        until.merge(call.result().get(), returned, Math::max);
      } else {
        anyUntil = Math.max(anyUntil, returned);
      }
    }
  }

  /**
   * A value from which one that matters can be reached matters as long. Values come in falling
   * order, so that each is raised at most once.
   */
  private void spread(Map<Value, List<Value>> expectedBefore) {
    List<Value> falling = new ArrayList<>(until.keySet());
    falling.sort(Comparator.comparing(until::get, Comparator.reverseOrder()));
    Deque<Value> open = new ArrayDeque<>();
    for (Value start : falling) {
      int time = until.get(start);
      open.add(start);
      while (!open.isEmpty()) {
        for (Value before : expectedBefore.getOrDefault(open.remove(), List.of())) {
          if (until.getOrDefault(before, -1) < time) {
            until.put(before, time);
            open.add(before);
          }
        }
      }
    }
  }

  /** The last rank at which it matters that the object is in this state and no other. */
  int until(Model state) {
    return held(state)
        .map(value -> Math.max(anyUntil, until.getOrDefault(value, -1)))
        .orElse(ObjectHistory.NEVER);
  }
}
