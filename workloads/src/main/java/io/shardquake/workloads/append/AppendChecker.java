package io.shardquake.workloads.append;

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
import java.util.OptionalInt;

/**
 * Which elements of lists were lost, and whether Redis Cluster allows it (see {@link
 * GrowingObjects}); and whether what was read on one copy of the data shows one order of them.
 */
final class AppendChecker implements Checker {
  private final Allowance allowed;

  AppendChecker(Allowance allowed) {
    this.allowed = allowed;
  }

  @Override
  public String name() {
    return "append-elements";
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    Review review = new Review(evidence.history(), Failovers.of(evidence, allowed));
    for (int key = 0; key < evidence.history().keyCount(); key++) {
      review.judge(key);
    }
    return review.verdict();
  }

  /** A list as an operation on a copy of the data saw it. */
  private record Look(int row, int lineage, List<Value> elements) {}

  /** The work on one history. */
  private final class Review {
    private final History history;
    private final Failovers failovers;
    private final Findings findings = new Findings();
    private final GrowingObjects objects;
    private long elements;
    private long reads;

    Review(History history, Failovers failovers) {
      this.history = history;
      this.failovers = failovers;
      this.objects = new GrowingObjects(history, failovers, findings);
    }

    Verdict verdict() {
      objects.holes().forEach(findings::add);
      if (reads == 0) {
        return Verdict.of(name(), Validity.UNKNOWN, "no list was read");
      }
      Map<String, Value> figures = new LinkedHashMap<>();
      figures.put("elements", Value.of(elements));
      figures.put("reads", Value.of(reads));
      figures.put("unattributed", Value.of(objects.unplaced()));
      return findings.verdict(
          name(),
          "no element of %,d was seen to be lost or out of order".formatted(elements),
          new Value.Mapping(figures));
    }

    void judge(int key) {
      Map<Value, Map<Value, Integer>> additions = new LinkedHashMap<>();
      Map<Value, List<Look>> looks = new LinkedHashMap<>();
      for (int row : history.rowsOfKey(key).stream().toArray()) {
        boolean transaction =
            history.functionName(history.function(row)).equals(AppendCommands.TRANSACTION);
        if (transaction) {
          steps(history.argument(row)).stream()
              .filter(step -> !AppendCommands.isRead(step))
              .forEach(
                  step ->
                      additions
                          .computeIfAbsent(AppendCommands.list(step), list -> new LinkedHashMap<>())
                          .put(AppendCommands.content(step), row));
        }
        if (history.type(row) == Completion.Type.OK) {
          look(row, looks);
        }
      }
      Value name = history.keyValue(key);
      looks.forEach(
          (list, seen) -> {
            Map<Value, Integer> added = additions.getOrDefault(list, Map.of());
            elements += added.size();
            reads += seen.size();
            objects.judge(name, added, seen.stream().map(Review::sight).toList());
            order(name, seen);
          });
    }

    private static Sight sight(Look look) {
      return new Sight(look.row(), new HashSet<>(look.elements()));
    }

    private void look(int row, Map<Value, List<Look>> looks) {
      OptionalInt lineage = failovers.lineage(row);
      for (Value step : steps(history.result(row))) {
        if (AppendCommands.isRead(step)) {
          looks
              .computeIfAbsent(AppendCommands.list(step), list -> new ArrayList<>())
              .add(new Look(row, lineage.orElse(-1), steps(AppendCommands.content(step))));
        }
      }
    }

    private static List<Value> steps(Value sequence) {
      return sequence instanceof Value.Sequence items ? items.items() : List.of();
    }

    /** On one copy of the data, of two states of a list one is the beginning of the other. */
    private void order(Value name, List<Look> looks) {
      Map<Integer, Look> longest = new LinkedHashMap<>();
      for (Look look : looks) {
        duplicates(name, look);
        Look other = longest.getOrDefault(look.lineage(), look);
        Look big = other.elements().size() >= look.elements().size() ? other : look;
        Look small = other.elements().size() >= look.elements().size() ? look : other;
        List<Value> beginning = big.elements().subList(0, small.elements().size());
        if (look.lineage() >= 0 && !beginning.equals(small.elements())) {
          tell("incompatible-order", name, "was seen in two orders", small.row(), big.row());
        }
        longest.put(look.lineage(), big);
      }
    }

    private void duplicates(Value name, Look look) {
      if (new HashSet<>(look.elements()).size() < look.elements().size()) {
        tell("duplicated", name, "holds an element twice", look.row(), look.row());
      }
    }

    private void tell(String kind, Value name, String what, int row, int other) {
      findings.add(
          kind,
          Severity.VIOLATION,
          name,
          "a list of %s %s".formatted(name, what),
          List.of(history.invocationIndex(row), history.invocationIndex(other)));
    }
  }
}
