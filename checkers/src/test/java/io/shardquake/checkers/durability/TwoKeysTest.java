package io.shardquake.checkers.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.checkers.faultlog.FaultLog;
import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.TopologyLog;
import io.shardquake.checkers.topology.TopologyScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The whole checker against an enumeration of everything that a master, and the replica that takes
 * over from it, can do with two keys of one slot: all orders of what the master executed, all
 * prefixes of it, all orders of what the other executed from there. The system property {@code
 * shardquake.differential.cases} sets how many histories are tried.
 */
class TwoKeysTest {
  private static final int CASES = Integer.getInteger("shardquake.differential.cases", 5_000);
  private static final String MASTER = "n1";
  private static final String REPLICA = "n4";
  private static final List<Value> KEYS = List.of(Value.of("{k}1"), Value.of("{k}2"));
  private static final DurabilityChecker CHECKER =
      new DurabilityChecker(new Allowance(Duration.ofSeconds(2), Duration.ZERO));

  /**
   * An operation, times in milliseconds; {@code to} is {@link Long#MAX_VALUE} if nobody knows how
   * it ended.
   */
  private record Op(
      String function, int key, int expected, int value, String node, long from, long to) {
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
    int together = 0;
    for (int seed = 0; seed < CASES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Case tried = random.nextInt(4) == 0 ? writesInTurn(random) : anything(random);
      boolean expected = Enumeration.explains(tried);

      Verdict verdict = CHECKER.check(evidence(tried), Limits.DEFAULT);

      assertThat(verdict.validity())
          .as("seed %d: %s: %s", seed, tried, verdict.findings())
          .isEqualTo(expected ? Validity.VALID : Validity.INVALID);
      explicable += expected ? 1 : 0;
      together += !expected && Enumeration.explainsEachAlone(tried) ? 1 : 0;
    }
    assertThat(explicable)
        .as("explicable histories among %d: the mix must be good", CASES)
        .isBetween(CASES / 5, CASES * 4 / 5);
    assertThat(together)
        .as("histories of which each key can be explained, and both together cannot")
        .isGreaterThan(CASES / 100);
  }

  /** Few operations on small numbers, so that chance makes enough of either kind. */
  private static Case anything(SplittableRandom random) {
    long lastInTouch = 4L + random.nextInt(6);
    long promoted = lastInTouch + random.nextInt(8);
    int[] writes = new int[KEYS.size()];
    List<Op> ops = new ArrayList<>();
    int count = 2 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      boolean first = random.nextInt(100) < 60;
      // All times differ: which of two at the same time comes first would be a matter of order.
      long begin = first ? random.nextInt(16) : lastInTouch + 1 + random.nextInt(14);
      long from = begin * 100 + i;
      long to = random.nextInt(8) == 0 ? Long.MAX_VALUE : from + 10 + random.nextInt(3) * 100L;
      int kind = random.nextInt(10);
      int key = random.nextInt(KEYS.size());
      int seen = random.nextInt(writes[key] + 1);
      String node = first ? MASTER : REPLICA;
      if (first && kind < 6) {
        ops.add(new Op("write", key, 0, ++writes[key], node, from, to));
      } else if (kind < 2) {
        ops.add(new Op("cas", key, seen, ++writes[key], node, from, to));
      } else {
        ops.add(new Op("read", key, 0, seen, node, from, to));
      }
    }
    return new Case(ops, lastInTouch * 100 + 50, promoted * 100 + 50);
  }

  /** Writes one after another, of which both keys are looked for at the new owner. */
  private static Case writesInTurn(SplittableRandom random) {
    int[] writes = new int[KEYS.size()];
    List<Op> ops = new ArrayList<>();
    long time = 1_000;
    int count = 2 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      int key = random.nextInt(KEYS.size());
      long to = time + 10 + random.nextInt(3) * 100L;
      ops.add(new Op("write", key, 0, ++writes[key], MASTER, time, to));
      time += 101;
    }
    for (int key = 0; key < KEYS.size(); key++) {
      int seen = random.nextInt(writes[key] + 1);
      ops.add(new Op("read", key, 0, seen, REPLICA, 2_000 + key, 2_100 + key));
    }
    return new Case(ops, 955 + random.nextInt(3) * 100L, 1_950);
  }

  private static Evidence evidence(Case tried) {
    String before = MASTER + " m1 0-16383";
    String replica = REPLICA + " s:" + MASTER + " e1";
    TopologyLog topology =
        new TopologyScript()
            .says(0, MASTER, before, replica)
            .says(0, REPLICA, before, replica)
            .says(tried.lastInTouch(), REPLICA, before, replica)
            .says(tried.promoted(), REPLICA, MASTER + " m1", REPLICA + " m2 0-16383")
            .log();
    FaultEvent kill =
        new FaultEvent(
            nanos(tried.lastInTouch()),
            0,
            Phase.INJECT,
            "kill",
            List.of(MASTER),
            "",
            Value.Mapping.EMPTY);
    return new Evidence(history(tried.ops()), topology, new FaultLog(List.of(kill)));
  }

  /** What the two nodes can have done. */
  private static final class Enumeration {
    private final List<Op> first;
    private final List<Op> second;
    private final Case tried;

    private Enumeration(Case tried) {
      this.tried = tried;
      this.first = tried.ops().stream().filter(op -> op.node().equals(MASTER)).toList();
      this.second = tried.ops().stream().filter(op -> op.node().equals(REPLICA)).toList();
    }

    static boolean explains(Case tried) {
      return new Enumeration(tried).onFirst(0, new int[2], null);
    }

    static boolean explainsEachAlone(Case tried) {
      for (int key = 0; key < KEYS.size(); key++) {
        int only = key;
        List<Op> ops = tried.ops().stream().filter(op -> op.key() == only).toList();
        if (!explains(new Case(ops, tried.lastInTouch(), tried.promoted()))) {
          return false;
        }
      }
      return true;
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

  private static long nanos(long millis) {
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
