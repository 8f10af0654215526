package io.shardquake.workloads.set;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Findings;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.durability.Allowance;
import io.shardquake.checkers.durability.Failovers;
import io.shardquake.checkers.durability.GrowingObjects;
import io.shardquake.checkers.durability.GrowingObjects.Sight;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which elements of sets were lost, which came from nowhere, and whether Redis Cluster allows it:
 * see {@link GrowingObjects}.
 */
final class SetChecker implements Checker {
  private final Allowance allowed;

  SetChecker(Allowance allowed) {
    this.allowed = allowed;
  }

  @Override
  public String name() {
    return "set-elements";
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    History history = evidence.history();
    Findings findings = new Findings();
    GrowingObjects objects = new GrowingObjects(history, Failovers.of(evidence, allowed), findings);
    long elements = 0;
    long reads = 0;
    for (int key = 0; key < history.keyCount(); key++) {
      Map<Value, Integer> additions = new LinkedHashMap<>();
      List<Sight> sights = new ArrayList<>();
      history.rowsOfKey(key).stream()
          .forEach(
              row -> {
                if (history.functionName(history.function(row)).equals(SetWorkload.ADD)) {
                  additions.put(history.argument(row), row);
                } else if (history.type(row) == Completion.Type.OK) {
                  sights.add(sight(history, row, findings));
                }
              });
      objects.judge(history.keyValue(key), additions, sights);
      elements += additions.size();
      reads += sights.size();
    }
    objects.holes().forEach(findings::add);
    if (reads == 0) {
      return Verdict.of(name(), Validity.UNKNOWN, "no set was read");
    }
    return findings.verdict(
        name(),
        "no element of %,d was seen to be lost".formatted(elements),
        figures(elements, reads, objects.unplaced()));
  }

  private static Sight sight(History history, int row, Findings findings) {
    List<Value> listed = ((Value.Sequence) history.result(row)).items();
    Set<Value> elements = new HashSet<>(listed);
    if (elements.size() < listed.size()) {
      Value key = history.keyValue(history.key(row));
      findings.add(
          "duplicated",
          Severity.VIOLATION,
          key,
          "%s listed an element twice".formatted(key),
          List.of(history.invocationIndex(row)));
    }
    return new Sight(row, elements);
  }

  private static Value.Mapping figures(long elements, long reads, long unplaced) {
    Map<String, Value> figures = new LinkedHashMap<>();
    figures.put("elements", Value.of(elements));
    figures.put("reads", Value.of(reads));
    figures.put("unattributed", Value.of(unplaced));
    return new Value.Mapping(figures);
  }
}
