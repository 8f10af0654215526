package io.shardquake.workloads.replicaread;

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
import io.shardquake.workloads.counter.CounterChecker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds what replicas show to the little that is promised, and measures the rest. A replica carries
 * out its master's writes in their order, so that it never shows a count that the master never had,
 * and never goes back, but where its data were replaced: by a fault on one of the nodes that had
 * the slot or by a change of the slot's owner. How old what it shows is, is not promised: it is
 * told.
 */
final class ReplicaReadChecker implements Checker {
  private final Allowance allowed;

  ReplicaReadChecker(Allowance allowed) {
    this.allowed = allowed;
  }

  @Override
  public String name() {
    return "stale-read-order";
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    Review review = new Review(evidence.history(), Failovers.of(evidence, allowed));
    for (int key = 0; key < evidence.history().keyCount(); key++) {
      review.judge(key);
    }
    if (review.reads == 0) {
      return Verdict.of(name(), Validity.UNKNOWN, "no replica was read");
    }
    return review.findings.verdict(name(), review.summary(), review.figures());
  }

  /** The work on one history. */
  private static final class Review {
    private static final double MILLI = 1e6;

    private final History history;
    private final Failovers failovers;
    private final Findings findings = new Findings();
    private final Staleness staleness = new Staleness();
    private long reads;

    Review(History history, Failovers failovers) {
      this.history = history;
      this.failovers = failovers;
    }

    String summary() {
      return "replicas never went back in %,d reads, of which %,d were stale, by %.0f ms at most"
          .formatted(reads, staleness.stale(), staleness.worst() / MILLI);
    }

    Value.Mapping figures() {
      Map<String, Value> figures = new LinkedHashMap<>();
      figures.put("reads", Value.of(reads));
      figures.put("staleReads", Value.of(staleness.stale()));
      figures.put("medianStalenessNanos", Value.of(staleness.median()));
      figures.put("worstStalenessNanos", Value.of(staleness.worst()));
      return new Value.Mapping(figures);
    }

    void judge(int key) {
      List<Integer> increments = new ArrayList<>();
      List<Integer> looks = new ArrayList<>();
      for (int row : history.rowsOfKey(key).stream().toArray()) {
        String function = history.functionName(history.function(row));
        if (function.equals(CounterChecker.INCREMENT)) {
          increments.add(row);
        } else if (function.equals(StaleReadWorkload.READ_AT_REPLICA)
            && history.type(row) == Completion.Type.OK) {
          looks.add(row);
        }
      }
      reads += looks.size();
      looks.forEach(read -> fromTheFuture(read, increments));
      looks.forEach(read -> staleness.add(history, read, increments));
      for (int i = 0; i < looks.size(); i++) {
        for (int j = i + 1; j < looks.size(); j++) {
          compare(looks.get(i), looks.get(j));
        }
      }
    }

    private void fromTheFuture(int read, List<Integer> increments) {
      long begun =
          increments.stream()
              .filter(row -> history.type(row) != Completion.Type.FAIL)
              .filter(row -> history.invocationIndex(row) < history.completionIndex(read))
              .count();
      if (count(read) > begun) {
        tell(
            "count-from-nowhere",
            Severity.VIOLATION,
            "a replica showed %d after %d increments at most".formatted(count(read), begun),
            read);
      }
    }

    private void compare(int first, int second) {
      boolean before = history.completionIndex(first) < history.invocationIndex(second);
      boolean sameNode =
          history.attribution(first).nodes().equals(history.attribution(second).nodes());
      if (!before || !sameNode || count(second) >= count(first)) {
        return;
      }
      boolean replaced = replaced(first, second);
      tell(
          replaced ? "replica-data-replaced" : "replica-went-back",
          replaced ? Severity.NOTE : Severity.VIOLATION,
          "%s showed %d and later %d"
              .formatted(history.attribution(first).nodes(), count(first), count(second)),
          first,
          second);
    }

    /** Whether something happened in between for which a node may replace its data. */
    private boolean replaced(int first, int second) {
      long from = history.invocationTimeNanos(first);
      long until = history.completionTimeNanos(second);
      List<String> nodes = new ArrayList<>(failovers.owners(first));
      nodes.addAll(history.attribution(first).nodes());
      return failovers.handedOver(first, from, until)
          || failovers.movedBetween(first, from, until)
          || nodes.stream().anyMatch(node -> failovers.disturbed(node, from, until));
    }

    private long count(int read) {
      return ((Value.Int) history.result(read)).value();
    }

    private void tell(String kind, Severity severity, String what, int... rows) {
      List<Long> operations = new ArrayList<>();
      for (int row : rows) {
        operations.add(history.invocationIndex(row));
      }
      Value key = history.keyValue(history.key(rows[0]));
      findings.add(kind, severity, key, key + ": " + what, operations);
    }
  }
}
