package io.shardquake.checkers.linearizability.search;

import io.shardquake.checkers.linearizability.analysis.LimitPoll;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchEndedException;
import io.shardquake.checkers.linearizability.model.Call;
import io.shardquake.checkers.linearizability.model.Effect;
import io.shardquake.checkers.linearizability.model.Model;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Operations sorted into classes: two operations are in one class if the model cannot tell them
 * apart, whoever called them and when.
 */
final class CallClasses {
  private static final long BYTES_PER_CLASS = 240;

  private final int[] classOf;
  private final List<Call> calls = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();

  /**
   * @throws SearchEndedException if the model does not know an operation, or a limit is met
   */
  CallClasses(ObjectHistory history, Model model, LimitPoll poll) {
    poll.hold(4L * history.size());
    classOf = new int[history.size()];
    Map<Call, Integer> known = new HashMap<>();
    LongIntMap knownColumns = new LongIntMap();
    for (int op = 0; op < classOf.length; op++) {
      poll.step();
      long columns = columns(history, op);
      int number = knownColumns.getOrDefault(columns, -1);
      if (number < 0) {
        Call call = simplified(history, model, op);
        Integer before = known.putIfAbsent(call, calls.size());
        if (before == null) {
          number = calls.size();
          calls.add(call);
          poll.hold(BYTES_PER_CLASS);
          effects.add(effect(history, model, op, call));
        } else {
          number = before;
        }
        knownColumns.put(columns, number);
      }
      classOf[op] = number;
    }
  }

  private static Call simplified(ObjectHistory history, Model model, int op) {
    try {
      return model.simplified(history.toCall(op));
    } catch (RuntimeException e) {
      throw refused(history, op, e);
    }
  }

  private static Effect effect(ObjectHistory history, Model model, int op, Call call) {
    try {
      return model.effect(call);
    } catch (RuntimeException e) {
      throw refused(history, op, e);
    }
  }

  private static SearchEndedException refused(ObjectHistory history, int op, RuntimeException e) {
    return new SearchEndedException("operation in row " + history.row(op) + ": " + e.getMessage());
  }

  /** The three columns mixed into one non-negative number without collision. */
  private static long columns(ObjectHistory history, int op) {
    long radix = history.values() + 1L;
    long pair = history.argument(op) * radix + history.result(op) + 1;
    return Math.addExact(Math.multiplyExact(pair, history.functions()), history.function(op));
  }

  int size() {
    return calls.size();
  }

  int of(int operation) {
    return classOf[operation];
  }

  Call call(int number) {
    return calls.get(number);
  }

  Effect effect(int number) {
    return effects.get(number);
  }

  long bytes() {
    return classOf.length * 4L + calls.size() * 120L;
  }
}
