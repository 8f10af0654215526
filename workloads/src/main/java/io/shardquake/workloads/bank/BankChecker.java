package io.shardquake.workloads.bank;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Holds banks to their total. Transactions are carried out and replicated as a whole, so that the
 * total is right at every moment on every node, also on one that was deposed, and whatever a
 * failover loses: transfers may vanish, halves of them may not. Only where a slot was on its way
 * between two masters when one of them failed, some accounts may be gone without the others.
 */
final class BankChecker implements Checker {
  private final Allowance allowed;

  BankChecker(Allowance allowed) {
    this.allowed = allowed;
  }

  @Override
  public String name() {
    return "bank-total";
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    History history = evidence.history();
    Failovers failovers = Failovers.of(evidence, allowed);
    Findings findings = new Findings();
    long reads = 0;
    for (int row = 0; row < history.size(); row++) {
      boolean read = history.functionName(history.function(row)).equals(BankCommands.READ);
      if (read && history.type(row) == Completion.Type.OK) {
        reads++;
        judge(history, row, failovers, findings);
      }
    }
    if (reads == 0) {
      return Verdict.of(name(), Validity.UNKNOWN, "no bank was read");
    }
    Map<String, Value> figures = new LinkedHashMap<>();
    figures.put("reads", Value.of(reads));
    return findings.verdict(
        name(), "the total was right in %,d reads".formatted(reads), new Value.Mapping(figures));
  }

  private static void judge(History history, int row, Failovers failovers, Findings findings) {
    long total = 0;
    boolean numbers = true;
    for (Value balance : ((Value.Sequence) history.result(row)).items()) {
      numbers &= balance instanceof Value.Int;
      total += balance instanceof Value.Int number ? number.value() : 0;
    }
    if (numbers && total == 0) {
      return;
    }
    OptionalInt lineage = failovers.lineage(row);
    boolean interrupted =
        lineage.isEmpty() || failovers.afterInterruptedMigration(row, lineage.getAsInt());
    Value bank = history.keyValue(history.key(row));
    findings.add(
        interrupted ? "total-broken-by-interrupted-migration" : "total-broken",
        interrupted ? Severity.HAZARD : Severity.VIOLATION,
        bank,
        numbers
            ? "the accounts of %s added up to %d instead of 0".formatted(bank, total)
            : "the accounts of %s were %s".formatted(bank, history.result(row)),
        List.of(history.invocationIndex(row)));
  }
}
