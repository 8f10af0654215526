package io.shardquake.checkers.durability;

import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Findings;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Holds objects to which unique elements are added, and from which none is ever taken, to what
 * Redis Cluster promises: what was there on one copy of the data stays there, and what a failover
 * loses is the end of the replication stream, acknowledged shortly before the failure. Element by
 * element, so that it never errs against the cluster. Not thread-safe.
 *
 * <p>An operation of unknown outcome may have happened on any copy at any time after it began. An
 * operation whose copy is not known is left out and counted.
 */
public final class GrowingObjects {
  /**
   * That the object was seen.
   *
   * @param row of the read, which happened
   * @param elements all that were there
   */
  public record Sight(int row, Set<Value> elements) {}

  /** A sight or an addition on a known copy of the data. */
  private record Placed(int row, int lineage) {}

  private final History history;
  private final Failovers failovers;
  private final Findings findings;
  private final Holes holes;
  private long unplaced;

  /** An element was there when one operation ended, and was not in what another saw later. */
  private record Missing(int there, int gone, Fate fate) {
    static Optional<Missing> worse(Optional<Missing> one, Optional<Missing> other) {
      return one.isEmpty()
              || (other.isPresent()
                  && other.get().fate().kind().compareTo(one.get().fate().kind()) > 0)
          ? other
          : one;
    }
  }

  public GrowingObjects(History history, Failovers failovers, Findings findings) {
    this.history = history;
    this.failovers = failovers;
    this.findings = findings;
    this.holes = new Holes(history);
  }

  /** How many operations could not be attributed to a copy of the data. */
  public long unplaced() {
    return unplaced;
  }

  /** Holes in the replication stream, as far as all objects show them together. */
  public List<Finding> holes() {
    return holes.findings();
  }

  /**
   * Judges one object.
   *
   * @param additions for each element the operation that adds it, whatever became of that
   */
  public void judge(Value key, Map<Value, Integer> additions, List<Sight> sights) {
    List<Sight> ordered =
        sights.stream()
            .sorted(Comparator.comparingLong(sight -> history.invocationIndex(sight.row())))
            .toList();
    Map<Sight, Integer> lineages = new LinkedHashMap<>();
    for (Sight sight : ordered) {
      place(sight.row()).ifPresent(lineage -> lineages.put(sight, lineage));
      origins(key, sight, additions);
    }
    additions.forEach((element, row) -> follow(key, element, row, lineages));
  }

  private OptionalInt place(int row) {
    OptionalInt lineage = failovers.lineage(row);
    unplaced += lineage.isEmpty() ? 1 : 0;
    return lineage;
  }

  /** Everything that is seen was added, and not only later. */
  private void origins(Value key, Sight sight, Map<Value, Integer> additions) {
    for (Value element : sight.elements()) {
      Integer row = additions.get(element);
      if (row == null) {
        violation("phantom", key, "%s of %s was never added", element, key, sight.row());
      } else if (history.type(row) == Completion.Type.FAIL) {
        violation("refused-but-done", key, "%s of %s was refused", element, key, row, sight.row());
      } else if (history.completionIndex(sight.row()) < history.invocationIndex(row)) {
        violation(
            "seen-before-added", key, "%s of %s was added later", element, key, sight.row(), row);
      }
    }
  }

  private void follow(Value key, Value element, int row, Map<Sight, Integer> lineages) {
    List<Placed> there = new ArrayList<>();
    boolean done = history.type(row) == Completion.Type.OK;
    OptionalInt born = done ? failovers.lineage(row) : OptionalInt.empty();
    born.ifPresent(lineage -> there.add(new Placed(row, lineage)));
    Optional<Missing> worst = Optional.empty();
    for (Map.Entry<Sight, Integer> entry : lineages.entrySet()) {
      Placed sight = new Placed(entry.getKey().row(), entry.getValue());
      if (entry.getKey().elements().contains(element)) {
        present(key, element, row, born, sight, lineages);
        there.add(sight);
      } else {
        worst = Missing.worse(worst, missing(row, sight, there));
      }
    }
    worst.ifPresent(missing -> tell(key, element, missing));
  }

  /**
   * It was seen: then it was not lost before, and does not come from a dead branch. But what a
   * failover leaves behind on the other node of a migration comes back when that is put right.
   */
  private void present(
      Value key,
      Value element,
      int row,
      OptionalInt born,
      Placed sight,
      Map<Sight, Integer> lineages) {
    if (born.isEmpty() || born.getAsInt() >= sight.lineage()) {
      return;
    }
    failovers
        .endOf(row, born.getAsInt())
        .filter(cut -> born.getAsInt() + 1 == sight.lineage())
        .ifPresent(cut -> holes.kept(cut, row));
    boolean lostBefore =
        lineages.entrySet().stream()
            .filter(entry -> entry.getValue() == sight.lineage())
            .map(Map.Entry::getKey)
            .filter(other -> !other.elements().contains(element))
            .anyMatch(
                other ->
                    history.completionIndex(other.row()) < history.invocationIndex(sight.row()));
    if (!lostBefore && !failovers.onDeadBranch(row, born.getAsInt())) {
      return;
    }
    if (failovers.interruptedMigration(row, born.getAsInt(), sight.lineage())) {
      add(
          "back-after-interrupted-migration",
          Severity.HAZARD,
          key,
          "%s of %s was gone after a failover in the middle of a migration and came back"
              .formatted(element, key),
          row,
          sight.row());
    } else {
      violation(
          "returned-from-the-dead",
          key,
          "%s of %s was lost in a failover and came back",
          element,
          key,
          row,
          sight.row());
    }
  }

  private Optional<Missing> missing(int row, Placed sight, List<Placed> there) {
    Optional<Missing> worst = Optional.empty();
    for (Placed earlier : there) {
      boolean before =
          history.completionIndex(earlier.row()) < history.invocationIndex(sight.row());
      if (before && earlier.lineage() <= sight.lineage()) {
        if (earlier.row() == row && earlier.lineage() + 1 == sight.lineage()) {
          failovers.endOf(row, earlier.lineage()).ifPresent(cut -> holes.lost(cut, row));
        }
        Fate fate = failovers.fate(earlier.row(), earlier.lineage(), sight.lineage());
        worst = Missing.worse(worst, Optional.of(new Missing(earlier.row(), sight.row(), fate)));
      }
    }
    return worst;
  }

  private void tell(Value key, Value element, Missing missing) {
    Fate fate = missing.fate();
    findings.add(
        fate.kind().text(),
        fate.kind().severity(),
        key,
        "%s of %s was there and is lost: %s".formatted(element, key, fate.describe()),
        List.of(history.invocationIndex(missing.there()), history.invocationIndex(missing.gone())));
  }

  private void violation(
      String kind, Value key, String form, Value element, Value object, int... rows) {
    add(kind, Severity.VIOLATION, key, form.formatted(element, object), rows);
  }

  private void add(String kind, Severity severity, Value key, String text, int... rows) {
    List<Long> operations = new ArrayList<>();
    for (int row : rows) {
      operations.add(history.invocationIndex(row));
    }
    findings.add(kind, severity, key, text, operations);
  }
}
