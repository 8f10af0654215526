package io.shardquake.workloads.lock;

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
import java.util.OptionalInt;

/**
 * Holds locks to mutual exclusion for as long as they were promised, and fencing tokens to growth.
 *
 * <p>A lock that was acquired from <em>i</em> to <em>c</em> for a time <em>t</em> lasts until <em>i
 * + t</em> at least, unless its holder begins to release it before. Two acquisitions exclude each
 * other if neither can have come first. A failover may lose an acquisition as any other write, and
 * then two hold the lock: Redis Cluster does not promise that they do not, and a fencing token is
 * what makes that harmless only where it was not lost as well.
 */
final class LockChecker implements Checker {
  /** How much a node's clock may differ from its own a moment ago, or be read late. */
  private static final long SLACK = 50_000_000;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Allowance allowed;

  LockChecker(Allowance allowed) {
    this.allowed = allowed;
  }

  @Override
  public String name() {
    return "lock-exclusion";
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    Review review = new Review(evidence.history(), Failovers.of(evidence, allowed));
    for (int key = 0; key < evidence.history().keyCount(); key++) {
      review.judge(key);
    }
    if (review.acquired == 0) {
      return Verdict.of(name(), Validity.UNKNOWN, "no lock was acquired");
    }
    Map<String, Value> figures = new LinkedHashMap<>();
    figures.put("acquired", Value.of(review.acquired));
    figures.put("unattributed", Value.of(review.unplaced));
    return review.findings.verdict(
        name(),
        "no two held one lock, of %,d acquisitions".formatted(review.acquired),
        new Value.Mapping(figures));
  }

  /**
   * An acquisition.
   *
   * @param until when it may end at the earliest by itself
   * @param releasedFrom when its release was begun; {@link Long#MAX_VALUE} if never
   */
  private record Hold(int row, int lineage, long until, long releasedFrom, long fence) {}

  /** The work on one history. */
  private static final class Review {
    private final History history;
    private final Failovers failovers;
    private final Findings findings = new Findings();
    private long acquired;
    private long unplaced;

    Review(History history, Failovers failovers) {
      this.history = history;
      this.failovers = failovers;
    }

    void judge(int key) {
      Map<Value, Long> releases = new LinkedHashMap<>();
      List<Integer> acquisitions = new ArrayList<>();
      for (int row : history.rowsOfKey(key).stream().toArray()) {
        boolean acquire = history.functionName(history.function(row)).equals(LockCommands.ACQUIRE);
        if (acquire && history.type(row) == Completion.Type.OK) {
          acquisitions.add(row);
        } else if (!acquire && history.type(row) != Completion.Type.FAIL) {
          releases.putIfAbsent(history.argument(row), history.invocationTimeNanos(row));
        }
      }
      List<Hold> holds = new ArrayList<>();
      for (int row : acquisitions) {
        OptionalInt lineage = failovers.lineage(row);
        if (lineage.isEmpty()) {
          unplaced++;
        } else {
          holds.add(hold(row, lineage.getAsInt(), releases));
        }
      }
      acquired += holds.size();
      compare(holds);
    }

    private Hold hold(int row, int lineage, Map<Value, Long> releases) {
      List<Value> argument = ((Value.Sequence) history.argument(row)).items();
      long millis = ((Value.Int) argument.get(1)).value();
      long until = history.invocationTimeNanos(row) + millis * NANOS_PER_MILLI - SLACK;
      long released = releases.getOrDefault(argument.get(0), Long.MAX_VALUE);
      return new Hold(row, lineage, until, released, ((Value.Int) history.result(row)).value());
    }

    private void compare(List<Hold> holds) {
      for (int i = 0; i < holds.size(); i++) {
        for (int j = i + 1; j < holds.size(); j++) {
          Hold one = holds.get(i);
          Hold other = holds.get(j);
          if (!mayPrecede(one, other) && !mayPrecede(other, one)) {
            together(one, other);
          }
          fences(one, other);
          fences(other, one);
        }
      }
    }

    /** Whether the second can have been acquired after the first had ended. */
    private boolean mayPrecede(Hold first, Hold second) {
      long latest = history.completionTimeNanos(second.row());
      boolean begun = history.invocationIndex(first.row()) < history.completionIndex(second.row());
      return begun && (latest >= first.until() || latest >= first.releasedFrom());
    }

    private void together(Hold one, Hold other) {
      boolean inOrder = one.lineage() <= other.lineage();
      Hold old = inOrder ? one : other;
      Hold young = inOrder ? other : one;
      Fate fate = failovers.fate(old.row(), old.lineage(), young.lineage());
      boolean lost = fate.kind().severity() != Severity.VIOLATION;
      Value key = history.keyValue(history.key(one.row()));
      findings.add(
          lost ? "lock-" + fate.kind().text() : "held-twice",
          fate.kind().severity(),
          key,
          "%s was acquired with token %s while it was held with token %s: %s"
              .formatted(key, token(young), token(old), fate.describe()),
          List.of(history.invocationIndex(one.row()), history.invocationIndex(other.row())));
    }

    private Value token(Hold hold) {
      return ((Value.Sequence) history.argument(hold.row())).items().get(0);
    }

    private void fences(Hold first, Hold second) {
      boolean before =
          first.lineage() == second.lineage()
              && history.completionIndex(first.row()) < history.invocationIndex(second.row());
      boolean same = first.lineage() == second.lineage() && first.fence() == second.fence();
      if ((before && second.fence() <= first.fence()) || (same && first.row() < second.row())) {
        Value key = history.keyValue(history.key(first.row()));
        findings.add(
            "fence-went-back",
            Severity.VIOLATION,
            key,
            "the fencing token of %s was %d and later %d"
                .formatted(key, first.fence(), second.fence()),
            List.of(history.invocationIndex(first.row()), history.invocationIndex(second.row())));
      }
    }
  }
}
