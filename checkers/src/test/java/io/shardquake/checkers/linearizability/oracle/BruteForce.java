package io.shardquake.checkers.linearizability.oracle;

import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.model.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The definition of linearizability, written down as a program: every order of the operations that
 * respects the order in time is tried, those of unknown outcome taking effect at any time after
 * their call or never. Nothing is skipped because something like it was tried before; for histories
 * of a few operations.
 */
public final class BruteForce {
  private final ObjectHistory history;
  private final SpecifiedSteps steps;
  private final boolean[] done;
  private int certainLeft;

  private BruteForce(ObjectHistory history, Model initial) {
    this.history = history;
    this.steps = new SpecifiedSteps(history, initial);
    this.done = new boolean[history.size()];
    for (int operation = 0; operation < done.length; operation++) {
      certainLeft += isCertain(operation) ? 1 : 0;
    }
  }

  /** Whether some order of the operations is one that the model allows. */
  public static boolean isLinearizable(ObjectHistory history, Model initial) {
    return new BruteForce(history, initial).completesFrom(SpecifiedSteps.INITIAL);
  }

  private boolean isCertain(int operation) {
    return history.returned(operation) != ObjectHistory.NEVER;
  }

  private boolean completesFrom(int state) {
    if (certainLeft == 0) {
      return true;
    }
    int firstReturn = ObjectHistory.NEVER;
    for (int operation = 0; operation < done.length; operation++) {
      if (!done[operation]) {
        firstReturn = Math.min(firstReturn, history.returned(operation));
      }
    }
    for (int operation = 0; operation < done.length; operation++) {
      if (!done[operation]
          && history.call(operation) < firstReturn
          && completesThrough(operation, state)) {
        return true;
      }
    }
    return false;
  }

  private boolean completesThrough(int operation, int state) {
    int certain = isCertain(operation) ? 1 : 0;
    boolean completes = false;
    done[operation] = true;
    certainLeft -= certain;
    for (int next : steps.from(state, operation)) {
      completes = completes || completesFrom(next);
    }
    done[operation] = false;
    certainLeft += certain;
    return completes;
  }

  /** The model as a table of states and operations, filled as it is asked for. */
  private static final class SpecifiedSteps {
    private static final int INITIAL = 0;

    private final ObjectHistory history;
    private final List<Model> states = new ArrayList<>();
    private final Map<Model, Integer> numbers = new HashMap<>();
    private final Map<Integer, int[]> known = new HashMap<>();

    SpecifiedSteps(ObjectHistory history, Model initial) {
      this.history = history;
      number(initial);
    }

    /** States that the operation may lead to; none where it cannot happen. */
    int[] from(int state, int operation) {
      return known.computeIfAbsent(
          state * history.size() + operation, key -> ask(states.get(state), operation));
    }

    private int[] ask(Model state, int operation) {
      Step step = state.step(state.simplified(history.toCall(operation)));
      if (step instanceof Step.To to) {
        return new int[] {number(to.next())};
      }
      return step instanceof Step.OneOf oneOf
          ? oneOf.next().stream().mapToInt(this::number).toArray()
          : new int[0];
    }

    private int number(Model state) {
      Integer before = numbers.putIfAbsent(state, states.size());
      if (before == null) {
        states.add(state);
        return states.size() - 1;
      }
      return before;
    }
  }
}
