package io.shardquake.workloads.append;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.durability.Allowance;
import io.shardquake.checkers.durability.Failovers;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.transactions.TransactionChecker;

/**
 * Whether transactions in slots that never failed over are strictly serializable: one node carries
 * them out one at a time, and where a slot moves, no transaction is carried out on half of its
 * keys.
 */
final class SettledTransactionsChecker implements Checker {
  private final Allowance allowed;

  SettledTransactionsChecker(Allowance allowed) {
    this.allowed = allowed;
  }

  @Override
  public String name() {
    return "append-transactions";
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    History history = evidence.history();
    Failovers failovers = Failovers.of(evidence, allowed);
    boolean[] settled = new boolean[history.keyCount()];
    for (int key = 0; key < settled.length; key++) {
      settled[key] = failovers.count(history.rowsOfKey(key).get(0)) == 0;
    }
    History narrowed = history.where(row -> settled[history.key(row)]);
    if (narrowed.size() == 0) {
      return Verdict.of(name(), Validity.VALID, "every slot in question failed over");
    }
    Verdict verdict = new TransactionChecker().check(Evidence.of(narrowed), limits);
    return new Verdict(
        name(),
        verdict.validity(),
        verdict.reason(),
        verdict.findings(),
        verdict.statistics(),
        verdict.parts());
  }
}
