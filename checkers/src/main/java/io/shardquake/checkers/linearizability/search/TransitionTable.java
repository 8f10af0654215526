package io.shardquake.checkers.linearizability.search;

import io.shardquake.checkers.linearizability.analysis.SearchEndedException;
import io.shardquake.checkers.linearizability.model.Effect;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.model.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The model's states as numbers, and what each class of calls does in each of them. Filled as the
 * search asks (Knossos fills its table beforehand): a state or step that no configuration reaches
 * costs nothing.
 */
final class TransitionTable {
  /** The call is not possible in that state. */
  static final int INCONSISTENT = -1;

  private static final int UNKNOWN = Integer.MIN_VALUE;

  /** A row of fewer classes is an array; above, rows would be large and sparse. */
  private static final int DENSE_CLASSES = 256;

  private final CallClasses classes;
  private final List<Model> states = new ArrayList<>();
  private final Map<Model, Integer> numbers = new HashMap<>();
  private final List<int[]> rows = new ArrayList<>();
  private final LongIntMap sparse = new LongIntMap();
  private final List<int[]> choices = new ArrayList<>();
  private final int[] overwrittenTo;
  private final boolean dense;
  private final ValueFlow flow;
  private final Demand demand;
  private int[] held = new int[16];

  TransitionTable(CallClasses classes, Model initial, ValueFlow flow, Demand demand) {
    this.classes = classes;
    this.flow = flow;
    this.demand = demand;
    this.dense = classes.size() <= DENSE_CLASSES;
    this.overwrittenTo = new int[classes.size()];
    Arrays.fill(overwrittenTo, UNKNOWN);
    number(initial);
    number(new Forgotten(initial));
  }

  /** Number of the initial state. */
  int initial() {
    return 0;
  }

  /** Number of the state that stands for all that do not matter any more. */
  int forgotten() {
    return 1;
  }

  /** Whether it matters at this rank or later that the object is in this state. */
  boolean matters(int state, int rank) {
    return !flow.isRegister() || demand.until(held[state]) >= rank;
  }

  /** Number of the value held in this state; {@link ValueFlow#NONE} if there is none. */
  int held(int state) {
    return held[state];
  }

  Model state(int number) {
    return states.get(number);
  }

  /**
   * The state that the call leads to: its number, {@link #INCONSISTENT}, or less than that, where
   * it may lead to any of {@link #choices}.
   */
  int step(int state, int callClass) {
    int next = dense ? rows.get(state)[callClass] : sparseStep(state, callClass);
    return next == UNKNOWN ? fill(state, callClass) : next;
  }

  /** The states that an answer of {@link #step} below {@link #INCONSISTENT} stands for. */
  int[] choices(int step) {
    return choices.get(-2 - step);
  }

  private int sparseStep(int state, int callClass) {
    int overwritten = overwrittenTo[callClass];
    return overwritten == UNKNOWN
        ? sparse.getOrDefault(cell(state, callClass), UNKNOWN)
        : overwritten;
  }

  private long cell(int state, int callClass) {
    return (long) state * classes.size() + callClass;
  }

  private int fill(int state, int callClass) {
    int next = ask(state, callClass);
    keepPromise(state, callClass, next);
    if (dense) {
      rows.get(state)[callClass] = next;
    } else if (classes.effect(callClass) != Effect.OVERWRITES) {
      sparse.put(cell(state, callClass), next);
    }
    return next;
  }

  private int ask(int state, int callClass) {
    Step step = stepOfModel(state, callClass);
    if (step instanceof Step.To to) {
      return number(to.next());
    }
    if (step instanceof Step.OneOf any) {
      choices.add(any.next().stream().mapToInt(this::number).distinct().toArray());
      return -1 - choices.size();
    }
    return INCONSISTENT;
  }

  private Step stepOfModel(int state, int callClass) {
    try {
      return states.get(state).step(classes.call(callClass));
    } catch (RuntimeException e) {
      throw new SearchEndedException(
          "the model failed in state "
              + states.get(state)
              + " on "
              + classes.call(callClass)
              + ": "
              + e);
    }
  }

  private void keepPromise(int state, int callClass, int next) {
    boolean kept =
        switch (classes.effect(callClass)) {
          case CHANGES -> true;
          case OBSERVES -> next == state || next == INCONSISTENT;
          case OVERWRITES -> {
            if (overwrittenTo[callClass] == UNKNOWN) {
              overwrittenTo[callClass] = next;
            }
            yield next >= 0 && next == overwrittenTo[callClass];
          }
        };
    if (!kept) {
      throw new SearchEndedException(
          "the model says that "
              + classes.call(callClass)
              + " "
              + classes.effect(callClass)
              + ", but in state "
              + states.get(state)
              + " it does not");
    }
  }

  private int number(Model state) {
    Integer known = numbers.putIfAbsent(state, states.size());
    if (known != null) {
      return known;
    }
    if (states.size() == held.length) {
      held = Arrays.copyOf(held, held.length * 2);
    }
    held[states.size()] = flow.heldIn(state);
    states.add(state);
    if (dense) {
      int[] row = new int[classes.size()];
      Arrays.fill(row, UNKNOWN);
      rows.add(row);
    }
    return states.size() - 1;
  }

  long bytes() {
    long rowBytes = dense ? rows.size() * (classes.size() * 4L + 24) : 0;
    return rowBytes + sparse.bytes() + states.size() * 96L + overwrittenTo.length * 4L;
  }
}
