package io.shardquake.checkers.durability;

import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.history.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Everything that a master, and the replica that takes over from it, can do with two keys of one
 * slot: all orders of what the master executed, all prefixes of it, all orders of what the other
 * executed from there.
 *
 * @param ops what clients saw
 * @param lastInTouch when the two were in touch for the last time, in milliseconds
 * @param promoted when the replica was seen to have taken over, in milliseconds
 */
record TwoNodes(List<Op> ops, long lastInTouch, long promoted) {
  static final String MASTER = "n1";
  static final String REPLICA = "n4";
  static final List<Value> KEYS = List.of(Value.of("{k}1"), Value.of("{k}2"));

  /**
   * An operation, times in milliseconds; {@code to} is {@link Long#MAX_VALUE} if nobody knows how
   * it ended.
   */
  record Op(String function, int key, int expected, int value, String node, long from, long to) {
    boolean open() {
      return to == Long.MAX_VALUE;
    }

    boolean precedes(Op other) {
      return to < other.from;
    }
  }

  /** Whether there is an execution in which clients see this. */
  boolean isPossible() {
    return new Enumeration(this).onFirst(0, new int[KEYS.size()], null);
  }

  /** Whether there is one for each key, if nobody looks at the other. */
  boolean isPossibleForEachKey() {
    for (int key = 0; key < KEYS.size(); key++) {
      int only = key;
      List<Op> own = ops.stream().filter(op -> op.key() == only).toList();
      if (!new TwoNodes(own, lastInTouch, promoted).isPossible()) {
        return false;
      }
    }
    return true;
  }

  /** What the two nodes can have done. */
  private static final class Enumeration {
    private final List<Op> first;
    private final List<Op> second;
    private final TwoNodes tried;

    private Enumeration(TwoNodes tried) {
      this.tried = tried;
      this.first = tried.ops().stream().filter(op -> op.node().equals(MASTER)).toList();
      this.second = tried.ops().stream().filter(op -> op.node().equals(REPLICA)).toList();
    }

    /**
     * @param done bits of the master's operations executed so far
     * @param state of the master's keys; 0 is nil
     * @param handed on to the replica: their state at the cut; null before the cut
     */
    private boolean onFirst(int done, int[] state, int[] handed) {
      if (handed == null && mayCut(done) && onFirst(done, state, state)) {
        return true;
      }
      if (handed != null && allDone(first, done) && onSecond(0, handed)) {
        return true;
      }
      for (int i = 0; i < first.size(); i++) {
        Op op = first.get(i);
        boolean late = handed == null && op.from() > tried.promoted();
        if (!late && mayFollow(first, done, i) && isPossible(op, state)) {
          if (onFirst(done | 1 << i, after(op, state), handed)) {
            return true;
          }
        }
      }
      return false;
    }

    private boolean onSecond(int done, int[] state) {
      if (allDone(second, done)) {
        return true;
      }
      for (int i = 0; i < second.size(); i++) {
        Op op = second.get(i);
        if (mayFollow(second, done, i)
            && isPossible(op, state)
            && onSecond(done | 1 << i, after(op, state))) {
          return true;
        }
      }
      return false;
    }

    /** Everything acknowledged before the two lost touch has been executed. */
    private boolean mayCut(int done) {
      for (int i = 0; i < first.size(); i++) {
        if (first.get(i).to() < tried.lastInTouch() && (done & 1 << i) == 0) {
          return false;
        }
      }
      return true;
    }

    private static boolean allDone(List<Op> ops, int done) {
      for (int i = 0; i < ops.size(); i++) {
        if (!ops.get(i).open() && (done & 1 << i) == 0) {
          return false;
        }
      }
      return true;
    }

    private static boolean mayFollow(List<Op> ops, int done, int next) {
      if ((done & 1 << next) != 0) {
        return false;
      }
      for (int i = 0; i < ops.size(); i++) {
        if ((done & 1 << i) == 0 && ops.get(i).precedes(ops.get(next))) {
          return false;
        }
      }
      return true;
    }

    private static boolean isPossible(Op op, int[] state) {
      return switch (op.function()) {
        case "write" -> true;
        case "cas" -> op.expected() == state[op.key()];
        default -> op.open() || op.value() == state[op.key()];
      };
    }

    private static int[] after(Op op, int[] state) {
      if (op.function().equals("read")) {
        return state;
      }
      int[] after = state.clone();
      after[op.key()] = op.value();
      return after;
    }
  }

  private record Event(long time, int op, boolean begin) {}

  /** As clients recorded it. */
  History history() {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < ops.size(); i++) {
      events.add(new Event(ops.get(i).from(), i, true));
      if (!ops.get(i).open()) {
        events.add(new Event(ops.get(i).to(), i, false));
      }
    }
    events.sort(Comparator.comparingLong(Event::time));
    History.Builder history = new History.Builder();
    for (int index = 0; index < events.size(); index++) {
      Event event = events.get(index);
      Op op = ops.get(event.op());
      long time = nanos(event.time());
      if (event.begin()) {
        history.invoke(
            new Invocation(
                index, time, event.op(), op.function(), KEYS.get(op.key()), argument(op)));
      } else {
        Value result = op.function().equals("read") ? value(op.value()) : argument(op);
        history.complete(event.op(), new Completion.Ok(index, time, result, at(op)));
      }
    }
    long index = events.size();
    for (int i = 0; i < ops.size(); i++) {
      if (ops.get(i).open()) {
        history.complete(i, new Completion.Info(index, nanos(100_000), "lost", at(ops.get(i))));
        index++;
      }
    }
    return history.build();
  }

  private static Attribution at(Op op) {
    return new Attribution(List.of(op.node()), 0);
  }

  static long nanos(long millis) {
    return millis * 1_000_000;
  }

  private static Value argument(Op op) {
    return switch (op.function()) {
      case "write" -> value(op.value());
      case "cas" -> Value.pair(value(op.expected()), value(op.value()));
      default -> Value.nil();
    };
  }

  private static Value value(int number) {
    return number == 0 ? Value.nil() : Value.of(number);
  }
}
