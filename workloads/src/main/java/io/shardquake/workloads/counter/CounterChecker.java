package io.shardquake.workloads.counter;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Findings;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.durability.Allowance;
import io.shardquake.checkers.durability.Failovers;
import io.shardquake.checkers.durability.Fate;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Holds counters to what Redis Cluster promises of them.
 *
 * <ol>
 *   <li>No count exceeds the number of increments that may have been carried out by then: none is
 *       doubled.
 *   <li>On one copy of the data counts grow in the order of time, and no two increments give the
 *       same one: none is lost.
 *   <li>The owner after a failover starts from a count that its predecessor had. An increment that
 *       gave a count which is given again, or not reached, afterwards was lost; see {@link Fate}
 *       for whether it may be.
 * </ol>
 */
public final class CounterChecker implements Checker {
  /** The function that adds one; gives the count. */
  public static final String INCREMENT = "increment";

  /** The function that gives the count. */
  public static final String READ = "read";

  private final Allowance allowed;

  public CounterChecker(Allowance allowed) {
    this.allowed = allowed;
  }

  @Override
  public String name() {
    return "counter-increments";
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    Review review = new Review(evidence.history(), Failovers.of(evidence, allowed));
    for (int key = 0; key < evidence.history().keyCount(); key++) {
      review.judge(key);
    }
    return review.verdict();
  }

  /** What an operation that happened told of the counter. */
  private record Count(int row, int lineage, long count, boolean increment) {}

  /** The work on one history. */
  private final class Review {
    private final History history;
    private final Failovers failovers;
    private final Findings findings = new Findings();
    private long judged;
    private long unplaced;
    private long lost;

    Review(History history, Failovers failovers) {
      this.history = history;
      this.failovers = failovers;
    }

    Verdict verdict() {
      if (judged == 0) {
        return Verdict.of(name(), Validity.UNKNOWN, "no counter was counted");
      }
      Map<String, Value> figures = new LinkedHashMap<>();
      figures.put("counts", Value.of(judged));
      figures.put("lostIncrements", Value.of(lost));
      figures.put("unattributed", Value.of(unplaced));
      return findings.verdict(
          name(),
          "no increment was seen to be lost or doubled in %,d counts".formatted(judged),
          new Value.Mapping(figures));
    }

    void judge(int key) {
      List<Integer> possible = new ArrayList<>();
      List<Count> counts = new ArrayList<>();
      history.rowsOfKey(key).stream()
          .filter(row -> isIncrement(row) || isRead(row))
          .forEach(
              row -> {
                if (isIncrement(row) && history.type(row) != Completion.Type.FAIL) {
                  possible.add(row);
                }
                if (history.type(row) == Completion.Type.OK) {
                  place(row).ifPresent(counts::add);
                }
              });
      judged += counts.size();
      counts.forEach(count -> bound(count, possible));
      for (Count later : counts) {
        counts.forEach(earlier -> compare(earlier, later));
      }
      counts.forEach(count -> lossOf(count, counts));
    }

    private Optional<Count> place(int row) {
      OptionalInt lineage = failovers.lineage(row);
      if (lineage.isEmpty()) {
        unplaced++;
        return Optional.empty();
      }
      long count = ((Value.Int) history.result(row)).value();
      return Optional.of(new Count(row, lineage.getAsInt(), count, isIncrement(row)));
    }

    private boolean isIncrement(int row) {
      return history.functionName(history.function(row)).equals(INCREMENT);
    }

    private boolean isRead(int row) {
      return history.functionName(history.function(row)).equals(READ);
    }

    private void bound(Count count, List<Integer> possible) {
      long end = history.completionIndex(count.row());
      long begun = possible.stream().filter(row -> history.invocationIndex(row) < end).count();
      if (count.count() > begun) {
        violation(
            "increment-doubled",
            "the count was %d after %d increments at most".formatted(count.count(), begun),
            count);
      }
    }

    /** Two counts on one copy of the data. */
    private void compare(Count earlier, Count later) {
      if (earlier.lineage() != later.lineage() || earlier.row() == later.row()) {
        return;
      }
      boolean twice =
          earlier.increment()
              && later.increment()
              && earlier.count() == later.count()
              && earlier.row() < later.row();
      boolean before =
          history.completionIndex(earlier.row()) < history.invocationIndex(later.row());
      boolean back =
          later.increment() ? later.count() <= earlier.count() : later.count() < earlier.count();
      if (twice) {
        violation(
            "increment-lost",
            "two increments both gave %d".formatted(later.count()),
            earlier,
            later);
      } else if (before && back) {
        violation(
            "count-went-back",
            "the count was %d and later %d".formatted(earlier.count(), later.count()),
            earlier,
            later);
      }
    }

    /** Whether a later owner cannot have had this count. */
    private void lossOf(Count there, List<Count> counts) {
      Optional<Fate> worst = Optional.empty();
      Count witness = there;
      for (Count other : counts) {
        boolean without =
            other.lineage() > there.lineage()
                && (other.increment()
                    ? other.count() <= there.count()
                    : other.count() < there.count());
        if (without) {
          Fate fate = failovers.fate(there.row(), there.lineage(), other.lineage());
          if (worst.isEmpty() || fate.kind().compareTo(worst.get().kind()) > 0) {
            worst = Optional.of(fate);
            witness = other;
          }
        }
      }
      if (worst.isPresent()) {
        lost += there.increment() ? 1 : 0;
        tell(there, witness, worst.get());
      }
    }

    private void tell(Count there, Count witness, Fate fate) {
      findings.add(
          fate.kind().text(),
          fate.kind().severity(),
          key(there),
          "%s: the count was %d and afterwards %d: %s"
              .formatted(key(there), there.count(), witness.count(), fate.describe()),
          List.of(history.invocationIndex(there.row()), history.invocationIndex(witness.row())));
    }

    private void violation(String kind, String what, Count... counts) {
      List<Long> operations = new ArrayList<>();
      for (Count count : counts) {
        operations.add(history.invocationIndex(count.row()));
      }
      Value key = key(counts[0]);
      findings.add(kind, Severity.VIOLATION, key, key + ": " + what, operations);
    }

    private Value key(Count count) {
      return history.keyValue(history.key(count.row()));
    }
  }
}
