package io.shardquake.checkers.transactions;

import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.history.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A history of transactions on a database of lists that does not always isolate them: a transaction
 * is called, each of its parts takes effect at some time of its own or at one with the others, and
 * it returns. What reads return is spoiled now and then.
 */
final class GeneratedTransactions {
  private static final int LONGEST = 4;

  private final SplittableRandom random;
  private final History.Builder history = new History.Builder();
  private final Map<Value, List<Value>> database = new HashMap<>();
  private final double isolated;
  private final double spoiled;
  private final int lists;
  private long index;
  private long element;
  private int processes;

  /** A transaction on its way. */
  private final class Open {
    private final int process;
    private final List<Value> parts = new ArrayList<>();
    private final boolean atOnce = random.nextDouble() < isolated;
    private final int fate = random.nextInt(8);
    private final List<Value> told = new ArrayList<>();

    Open(int process) {
      this.process = process;
      for (int i = 1 + random.nextInt(LONGEST); i > 0; i--) {
        Value key = Value.of((long) random.nextInt(lists));
        parts.add(
            random.nextBoolean()
                ? part("append", key, Value.of(++element))
                : part("r", key, Value.nil()));
      }
    }

    /** Takes one step, or all; false if there is nothing left to do. */
    boolean step() {
      boolean any = told.size() < parts.size();
      do {
        if (told.size() < parts.size()) {
          told.add(done((Value.Sequence) parts.get(told.size())));
        }
      } while (atOnce && told.size() < parts.size());
      return any;
    }

    private Value done(Value.Sequence part) {
      Value key = part.items().get(1);
      List<Value> list = database.computeIfAbsent(key, missing -> new ArrayList<>());
      if (!part.items().get(2).isNil()) {
        list.add(part.items().get(2));
        return part;
      }
      List<Value> seen = new ArrayList<>(list);
      if (!seen.isEmpty() && random.nextDouble() < spoiled) {
        spoil(seen);
      }
      return part("r", key, Value.of(seen));
    }

    Completion completion() {
      return switch (fate) {
        case 0 -> new Completion.Info(index, index, "timeout", Attribution.NONE);
        case 1 -> new Completion.Fail(index, index, "aborted", Attribution.NONE);
        default -> new Completion.Ok(index, index, Value.of(told), Attribution.NONE);
      };
    }

    /** Whether it certainly does nothing, or may stop before it has done anything. */
    boolean isIdle() {
      return fate == 1 || (fate == 0 && random.nextBoolean());
    }
  }

  private GeneratedTransactions(
      int lists, double isolated, double spoiled, SplittableRandom random) {
    this.lists = lists;
    this.isolated = isolated;
    this.spoiled = spoiled;
    this.random = random;
  }

  /**
   * A history.
   *
   * @param concurrency how many transactions are open at once at most
   * @param isolated how many of them do all at once, of 1
   * @param spoiled how many reads return something wrong, of 1
   */
  static History of(
      int transactions,
      int concurrency,
      int lists,
      double isolated,
      double spoiled,
      SplittableRandom random) {
    return new GeneratedTransactions(lists, isolated, spoiled, random)
        .run(transactions, concurrency);
  }

  private History run(int transactions, int concurrency) {
    List<Open> open = new ArrayList<>();
    List<Integer> free = new ArrayList<>();
    int called = 0;
    while (called < transactions || !open.isEmpty()) {
      if (called < transactions && open.size() < concurrency && random.nextInt(3) == 0) {
        Open next = new Open(free.isEmpty() ? processes++ : free.remove(free.size() - 1));
        history.invoke(
            new Invocation(index, index, next.process, "txn", Value.nil(), Value.of(next.parts)));
        index++;
        open.add(next);
        called++;
      } else if (!open.isEmpty()) {
        Open some = open.get(random.nextInt(open.size()));
        if (some.isIdle() || !some.step()) {
          history.complete(some.process, some.completion());
          index++;
          open.remove(some);
          if (some.fate != 0) {
            free.add(some.process);
          }
        }
      }
    }
    return history.build();
  }

  private void spoil(List<Value> seen) {
    switch (random.nextInt(4)) {
      case 0 -> seen.remove(seen.size() - 1);
      case 1 -> seen.remove(0);
      case 2 -> seen.add(seen.get(0));
      default -> seen.add(0, seen.remove(seen.size() - 1));
    }
  }

  private static Value part(String function, Value key, Value value) {
    return Value.of(List.of(new Value.Keyword(function), key, value));
  }
}
