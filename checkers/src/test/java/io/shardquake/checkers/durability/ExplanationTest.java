package io.shardquake.checkers.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.durability.Tenure.Inheritance;
import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.history.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The explanation against an enumeration of everything that two nodes with asynchronous replication
 * can do: all orders of what the first executed, all prefixes of it, all orders of what the second
 * executed from there. The system property {@code shardquake.differential.cases} sets how many
 * histories are tried.
 */
class ExplanationTest {
  private static final int CASES = Integer.getInteger("shardquake.differential.cases", 20_000);
  private static final List<Tenure> TENURES =
      List.of(
          new Tenure("a", 0, 0, Inheritance.FIRST), new Tenure("b", 0, 0, Inheritance.FAILOVER));

  /** An operation; {@code to} is {@link Long#MAX_VALUE} if nobody knows how it ended. */
  private record Op(String function, int expected, int value, String node, long from, long to) {
    boolean open() {
      return to == Long.MAX_VALUE;
    }

    boolean precedes(Op other) {
      return to < other.from;
    }
  }

  private record Case(List<Op> ops, long lastInTouch, long promoted) {}

  @Test
  void agreesWithTheEnumerationOfAllExecutions() {
    int explicable = 0;
    for (int seed = 0; seed < CASES; seed++) {
      Case tried = generate(new SplittableRandom(seed));
      Cut cut = new Cut("a", "b", tried.lastInTouch(), tried.promoted(), true, false);
      KeyStory story = KeyStory.of(history(tried.ops()), 0, TENURES, List.of(cut));

      boolean explained = new Explanation(story, Value.nil()).within(0).isPresent();
      boolean expected = Enumeration.explains(tried);

      assertThat(explained).as("seed %d: %s", seed, tried).isEqualTo(expected);
      explicable += expected ? 1 : 0;
    }
    assertThat(explicable)
        .as("explicable histories among %d: the mix must be good", CASES)
        .isBetween(CASES / 5, CASES * 4 / 5);
  }

  /**
   * Few operations on small numbers, so that chance makes enough that can and that cannot be
   * explained.
   */
  private static Case generate(SplittableRandom random) {
    long lastInTouch = 6L + random.nextInt(8);
    long promoted = lastInTouch + random.nextInt(6);
    int writes = 0;
    List<Op> ops = new ArrayList<>();
    int count = 2 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      boolean first = random.nextInt(100) < 60;
      // All times differ: which of two ends at the same time comes first would be a matter of
      // order.
      long begin = first ? random.nextInt(14) : lastInTouch + random.nextInt(14);
      long from = begin * 100 + i;
      long to = random.nextInt(8) == 0 ? Long.MAX_VALUE : from + 10 + random.nextInt(5) * 100L;
      int kind = random.nextInt(10);
      int seen = random.nextInt(writes + 1);
      String node = first ? "a" : "b";
      if (kind < 4) {
        ops.add(new Op("write", 0, ++writes, node, from, to));
      } else if (kind < 5) {
        ops.add(new Op("cas", seen, ++writes, node, from, to));
      } else {
        ops.add(new Op("read", 0, seen, node, from, to));
      }
    }
    return new Case(ops, lastInTouch * 100 + 50, promoted * 100 + 50);
  }

  /** What two nodes can have done. */
  private static final class Enumeration {
    private final List<Op> first;
    private final List<Op> second;
    private final Case tried;

    private Enumeration(Case tried) {
      this.tried = tried;
      this.first = tried.ops().stream().filter(op -> op.node().equals("a")).toList();
      this.second = tried.ops().stream().filter(op -> op.node().equals("b")).toList();
    }

    static boolean explains(Case tried) {
      Enumeration all = new Enumeration(tried);
      return all.onFirst(0, 0, -1);
    }

    /**
     * @param done bits of the first node's operations executed so far
     * @param state of the first node; 0 is nil
     * @param handed on to the second node: its state at the cut; -1 before the cut
     */
    private boolean onFirst(int done, int state, int handed) {
      if (handed < 0 && mayCut(done) && onFirst(done, state, state)) {
        return true;
      }
      if (handed >= 0 && allDone(first, done) && onSecond(0, handed)) {
        return true;
      }
      for (int i = 0; i < first.size(); i++) {
        Op op = first.get(i);
        boolean late = handed < 0 && op.from() > tried.promoted();
        if (!late && mayFollow(first, done, i)) {
          int after = apply(op, state);
          if (after >= 0 && onFirst(done | 1 << i, after, handed)) {
            return true;
          }
        }
      }
      return false;
    }

    private boolean onSecond(int done, int state) {
      if (allDone(second, done)) {
        return true;
      }
      for (int i = 0; i < second.size(); i++) {
        if (mayFollow(second, done, i)) {
          int after = apply(second.get(i), state);
          if (after >= 0 && onSecond(done | 1 << i, after)) {
            return true;
          }
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

    /** The state afterwards; -1 if it could not have ended so. */
    private static int apply(Op op, int state) {
      return switch (op.function()) {
        case "write" -> op.value();
        case "cas" -> op.expected() == state ? op.value() : -1;
        default -> op.open() || op.value() == state ? state : -1;
      };
    }
  }

  private record Event(long time, int op, boolean begin) {}

  private static History history(List<Op> ops) {
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
      if (event.begin()) {
        history.invoke(
            new Invocation(
                index, event.time(), event.op(), op.function(), Value.of("k"), argument(op)));
      } else {
        Value result = op.function().equals("read") ? value(op.value()) : argument(op);
        history.complete(
            event.op(),
            new Completion.Ok(index, event.time(), result, new Attribution(List.of(op.node()), 0)));
      }
    }
    long index = events.size();
    for (int i = 0; i < ops.size(); i++) {
      if (ops.get(i).open()) {
        Attribution node = new Attribution(List.of(ops.get(i).node()), 0);
        history.complete(i, new Completion.Info(index, 100_000, "connection-lost", node));
        index++;
      }
    }
    return history.build();
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
