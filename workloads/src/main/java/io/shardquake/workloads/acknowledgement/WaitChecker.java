package io.shardquake.workloads.acknowledgement;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Findings;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.durability.Allowance;
import io.shardquake.checkers.durability.Failovers;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Whether a write that a master's every replica had acknowledged survives the promotion of one of
 * them. WAIT does not promise that: a replica may lose its data as well. So a write counts only if
 * no fault struck the replica between the write and its promotion, and the slot was not being
 * moved.
 */
final class WaitChecker implements Checker {
  private final Allowance allowed;

  WaitChecker(Allowance allowed) {
    this.allowed = allowed;
  }

  @Override
  public String name() {
    return "wait-acknowledged";
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    History history = evidence.history();
    if (history.size() == 0) {
      return Verdict.of(name(), Validity.UNKNOWN, "nothing was written");
    }
    Review review = new Review(history, Failovers.of(evidence, allowed));
    for (int key = 0; key < history.keyCount(); key++) {
      review.judge(key);
    }
    Map<String, Value> figures = new LinkedHashMap<>();
    figures.put("acknowledgedByAllReplicas", Value.of(review.covered));
    figures.put("ofThemHeldAgainstAFailover", Value.of(review.survived));
    return review.findings.verdict(
        name(),
        "no write that the promoted replica had acknowledged was seen to be lost, of %,d"
            .formatted(review.survived),
        new Value.Mapping(figures));
  }

  /** An operation that happened, on a known copy of the data. */
  private record Placed(int row, int lineage) {}

  /** The work on one history. */
  private static final class Review {
    private final History history;
    private final Failovers failovers;
    private final Findings findings = new Findings();
    private long covered;
    private long survived;

    Review(History history, Failovers failovers) {
      this.history = history;
      this.failovers = failovers;
    }

    void judge(int key) {
      List<Placed> writes = new ArrayList<>();
      List<Placed> reads = new ArrayList<>();
      Map<Value, Integer> writers = new LinkedHashMap<>();
      for (int row : history.rowsOfKey(key).stream().toArray()) {
        boolean read = history.functionName(history.function(row)).equals(WaitWorkload.READ);
        if (!read) {
          writers.put(history.argument(row), row);
        }
        OptionalInt lineage =
            history.type(row) == Completion.Type.OK ? failovers.lineage(row) : OptionalInt.empty();
        if (lineage.isPresent()) {
          (read ? reads : writes).add(new Placed(row, lineage.getAsInt()));
        }
      }
      for (Placed write : writes) {
        if (failovers.everyReplicaHad(write.row(), write.lineage(), replicas(write.row()))) {
          covered++;
          reads.stream()
              .filter(read -> read.lineage() == write.lineage() + 1)
              .forEach(read -> judge(write, read, writers));
        }
      }
    }

    private long replicas(int row) {
      return history.result(row) instanceof Value.Sequence pair
              && pair.items().get(1) instanceof Value.Int count
          ? count.value()
          : 0;
    }

    /** What is read shows a value that the write certainly replaced, or none at all. */
    private void judge(Placed write, Placed read, Map<Value, Integer> writers) {
      survived++;
      Value seen = history.result(read.row());
      Integer writer = writers.get(seen);
      boolean older =
          seen.isNil()
              || (writer != null
                  && history.completionIndex(writer) < history.invocationIndex(write.row()));
      if (older) {
        Value key = history.keyValue(history.key(write.row()));
        findings.add(
            "lost-despite-wait",
            Severity.VIOLATION,
            key,
            "%s of %s was acknowledged by every replica and lost when one was promoted"
                .formatted(history.argument(write.row()), key),
            List.of(history.invocationIndex(write.row()), history.invocationIndex(read.row())));
      }
    }
  }
}
