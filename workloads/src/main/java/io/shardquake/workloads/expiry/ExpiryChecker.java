package io.shardquake.workloads.expiry;

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
 * Holds values to the time that they were given.
 *
 * <p>A value that was set from <em>i</em> to <em>c</em> to live for <em>t</em> is there until <em>i
 * + t</em> at least and <em>c + t</em> at most. It lives too long if a read that began after that
 * sees it, whoever owned the slot meanwhile: replicas are told the moment, not the length. Moving a
 * key hands on what is left of its time, and what the move takes comes on top; so a value that may
 * have been moved is not held to its end. It dies too early if a read that ended before sees
 * nothing and nothing else was set in between; but a failover may have lost it, see {@link Fate}.
 */
final class ExpiryChecker implements Checker {
  /** How late a node may look at its clock. */
  private static final long SLACK = 50_000_000;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Allowance allowed;

  ExpiryChecker(Allowance allowed) {
    this.allowed = allowed;
  }

  @Override
  public String name() {
    return "expiry-times";
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    Review review = new Review(evidence.history(), Failovers.of(evidence, allowed));
    for (int key = 0; key < evidence.history().keyCount(); key++) {
      review.judge(key);
    }
    if (review.reads == 0) {
      return Verdict.of(name(), Validity.UNKNOWN, "no value that expires was read");
    }
    Map<String, Value> figures = new LinkedHashMap<>();
    figures.put("reads", Value.of(review.reads));
    figures.put("readsThatProve", Value.of(review.proofs));
    return review.findings.verdict(
        name(),
        "no value lived too long or died too early, in %,d reads".formatted(review.reads),
        new Value.Mapping(figures));
  }

  /** The work on one history. */
  private static final class Review {
    private final History history;
    private final Failovers failovers;
    private final Findings findings = new Findings();
    private long reads;
    private long proofs;

    Review(History history, Failovers failovers) {
      this.history = history;
      this.failovers = failovers;
    }

    void judge(int key) {
      List<Integer> sets = new ArrayList<>();
      List<Integer> looks = new ArrayList<>();
      for (int row : history.rowsOfKey(key).stream().toArray()) {
        boolean set = history.functionName(history.function(row)).equals(ExpiryWorkload.SET);
        if (set && history.type(row) != Completion.Type.FAIL) {
          sets.add(row);
        } else if (!set && history.type(row) == Completion.Type.OK) {
          looks.add(row);
        }
      }
      reads += looks.size();
      looks.forEach(
          read -> {
            if (history.result(read).isNil()) {
              nothing(read, sets);
            } else {
              something(read, sets);
            }
          });
    }

    private void something(int read, List<Integer> sets) {
      Value seen = history.result(read);
      Optional<Integer> set = sets.stream().filter(row -> value(row).equals(seen)).findFirst();
      if (set.isEmpty()) {
        tell("phantom", Severity.VIOLATION, "shows %s, which was never set".formatted(seen), read);
        return;
      }
      int row = set.get();
      if (history.type(row) != Completion.Type.OK) {
        return;
      }
      proofs++;
      long end = history.completionTimeNanos(row) + lifeNanos(row) + SLACK;
      long begun = history.invocationTimeNanos(read);
      if (begun > end && !maybeMoved(row, read)) {
        tell(
            "lived-too-long",
            Severity.VIOLATION,
            "shows %s %d ms after its time".formatted(seen, (begun - end) / NANOS_PER_MILLI),
            row,
            read);
      }
    }

    private boolean maybeMoved(int set, int read) {
      long from = history.invocationTimeNanos(set);
      long until = history.completionTimeNanos(read);
      return failovers.movedBetween(read, from, until);
    }

    /** The value set last, if that is certain, should be there. */
    private void nothing(int read, List<Integer> sets) {
      for (int row : sets) {
        boolean done =
            history.type(row) == Completion.Type.OK
                && history.completionIndex(row) < history.invocationIndex(read);
        long earliest = history.invocationTimeNanos(row) + lifeNanos(row) - SLACK;
        if (done
            && history.completionTimeNanos(read) < earliest
            && sets.stream().allMatch(other -> other == row || before(other, row, read))) {
          diedEarly(row, read, earliest);
        }
      }
    }

    /** Whether the other was over before this one began, or began after the read. */
    private boolean before(int other, int row, int read) {
      boolean over =
          history.type(other) == Completion.Type.OK
              && history.completionIndex(other) < history.invocationIndex(row);
      return over || history.invocationIndex(other) > history.completionIndex(read);
    }

    private void diedEarly(int row, int read, long earliest) {
      OptionalInt set = failovers.lineage(row);
      OptionalInt seen = failovers.lineage(read);
      if (set.isEmpty() || seen.isEmpty() || seen.getAsInt() < set.getAsInt()) {
        return;
      }
      proofs++;
      Fate fate = failovers.fate(row, set.getAsInt(), seen.getAsInt());
      boolean early = fate.kind() == Fate.Kind.WITHOUT_FAILOVER;
      long left = (earliest - history.completionTimeNanos(read)) / NANOS_PER_MILLI;
      tell(
          early ? "died-too-early" : fate.kind().text(),
          fate.kind().severity(),
          "lacks %s %d ms before its time: %s".formatted(value(row), left, fate.describe()),
          row,
          read);
    }

    private Value value(int set) {
      return ((Value.Sequence) history.argument(set)).items().get(0);
    }

    private long lifeNanos(int set) {
      Value millis = ((Value.Sequence) history.argument(set)).items().get(1);
      return ((Value.Int) millis).value() * NANOS_PER_MILLI;
    }

    private void tell(String kind, Severity severity, String what, int... rows) {
      List<Long> operations = new ArrayList<>();
      for (int row : rows) {
        operations.add(history.invocationIndex(row));
      }
      Value key = history.keyValue(history.key(rows[0]));
      findings.add(kind, severity, key, key + " " + what, operations);
    }
  }
}
