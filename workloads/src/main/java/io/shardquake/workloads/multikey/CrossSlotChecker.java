package io.shardquake.workloads.multikey;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Findings;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether every node refuses keys of several slots in one command ({@code -CROSSSLOT}). */
final class CrossSlotChecker implements Checker {
  @Override
  public String name() {
    return "multi-key-cross-slot";
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    History history = evidence.history();
    Findings findings = new Findings();
    long tried = 0;
    long refused = 0;
    for (int row = 0; row < history.size(); row++) {
      if (!history.functionName(history.function(row)).equals(MultiKeyCommands.WRITE_ACROSS)) {
        continue;
      }
      tried++;
      refused += history.error(row).equals("CROSSSLOT") ? 1 : 0;
      if (history.type(row) == Completion.Type.OK) {
        Value key = history.keyValue(history.key(row));
        findings.add(
            "slots-crossed",
            Severity.VIOLATION,
            key,
            "%s wrote to two slots at once".formatted(history.attribution(row).nodes()),
            List.of(history.invocationIndex(row)));
      }
    }
    if (tried == 0) {
      return Verdict.of(
          name(), Validity.VALID, "nobody tried to write to several slots at once in this run");
    }
    Map<String, Value> figures = new LinkedHashMap<>();
    figures.put("tried", Value.of(tried));
    figures.put("refusedAsCrossSlot", Value.of(refused));
    return findings.verdict(
        name(),
        "none of %,d writes to several slots was carried out".formatted(tried),
        new Value.Mapping(figures));
  }
}
