package io.shardquake.checkers.transactions;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import java.util.Optional;

/**
 * Judges transactions that read lists and append to them, in the manner of Elle: Kyle Kingsbury and
 * Peter Alvaro, Elle: Inferring Isolation Anomalies from Experimental Observations, VLDB 14 (3),
 * 2020.
 *
 * <p><b>What it takes.</b> Operations whose function is {@code txn}; all others are passed over. An
 * operation's argument is a sequence of micro-operations, and the result of one that ended Ok is
 * the same sequence with the reads filled in:
 *
 * <pre>
 *   argument   [["append", key, element], ["r", key, nil], …]
 *   result     [["append", key, element], ["r", key, [element, …]], …]
 * </pre>
 *
 * <p>The first of each is the keyword or the string {@code append}, {@code r} or {@code read}. Keys
 * and elements are any values but nil; of a list, each element may be appended once only in the
 * whole history. A list that does not exist reads as nil or as empty. The operation's own key
 * ({@link io.shardquake.checkers.history.Invocation#key}) sets lists apart: lists of the same name
 * in operations of different keys are different lists, so that nil, or the hash tag that all its
 * lists share, will do. A transaction that certainly had no effect ends as {@code Fail}; if any of
 * its elements is seen all the same, that is an aborted read.
 *
 * <p><b>What it says.</b> A finding for each anomaly, named as Elle names it, with the argument in
 * words; a {@link io.shardquake.checkers.Finding.Severity#VIOLATION} if the level demanded rules it
 * out, else a hazard. The statistics name the weakest level broken and the strongest that held. The
 * verdict is exact: if the history has no serial order that the level demands, there is an anomaly,
 * and where there is one, there is no such order. Time is linear in the size of the history but for
 * bounded searches that make the argument short. How it works, with the proof: {@code
 * docs/transactions.md}.
 */
public final class TransactionChecker implements Checker {
  private static final String NAME = "transactions";

  /** Bytes for each transaction and micro-operation: columns, edges, and the search for cycles. */
  private static final long BYTES_EACH = 120;

  private final IsolationLevel demanded;

  /** Demands what redis-server promises of MULTI and EXEC: strict serializability. */
  public TransactionChecker() {
    this(IsolationLevel.STRICT_SERIALIZABLE);
  }

  /**
   * @param demanded the level that the transactions are held to
   */
  public TransactionChecker(IsolationLevel demanded) {
    this.demanded = demanded;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    SearchLimits within = SearchLimits.startingNow(limits);
    try {
      TransactionLog log = TransactionLog.of(evidence.history());
      Optional<String> nothing = nothingToCheck(log);
      return nothing.isPresent()
          ? Verdict.of(NAME, Validity.UNKNOWN, nothing.get())
          : check(log, within);
    } catch (MalformedTransactionException malformed) {
      return Verdict.of(NAME, Validity.UNKNOWN, String.valueOf(malformed.getMessage()));
    }
  }

  private static Optional<String> nothingToCheck(TransactionLog log) {
    if (log.size() == 0) {
      return Optional.of("the history holds no transactions");
    }
    for (int transaction = 0; transaction < log.size(); transaction++) {
      if (log.type(transaction) == Completion.Type.OK) {
        return Optional.empty();
      }
    }
    return Optional.of("no transaction is known to have happened");
  }

  private Verdict check(TransactionLog log, SearchLimits limits) {
    long bytes = BYTES_EACH * (2L * log.size() + log.microOperations());
    AnomalyReport report = new AnomalyReport(NAME, log, demanded);
    if (limits.exceeded(bytes).isPresent()) {
      return report.verdict(limits.exceeded(bytes));
    }
    VersionOrders orders = new VersionOrders(log, report);
    TransactionReads reads = new TransactionReads(log, orders, report);
    reads.check();
    if (limits.exceeded(bytes).isPresent()) {
      return report.verdict(limits.exceeded(bytes));
    }
    DependencyGraph.Builder builder = new DependencyGraph.Builder(log.size());
    DataDependencies data = new DataDependencies(log, orders, reads, builder);
    data.add();
    new TimeDependencies(log, data.happened(), builder).add();
    new CycleSearch(builder.build(), limits)
        .find(AnomalyReport.MOST_CYCLES)
        .forEach(cycle -> report.found(cycle, orders));
    return report.verdict(limits.exceeded(bytes));
  }
}
