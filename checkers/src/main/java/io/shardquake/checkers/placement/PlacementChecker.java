package io.shardquake.checkers.placement;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.KeySlot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Holds the node that answered each operation against what the nodes said about the key's slot: an
 * operation that happened on a node which nobody, around that time, called the slot's owner or
 * importer was answered by the wrong one.
 *
 * <p>Views are samples. An operation is judged only if the node that answered it was itself heard
 * both before and after it within the tolerance. One such answer is a hazard, since the node may
 * have owned the slot between two samples; answers for the same slot before and after a sample in
 * which the node did not own it are a violation.
 */
public final class PlacementChecker implements Checker {
  public static final String NAME = "key-placement";
  private static final long DEFAULT_TOLERANCE = 1_000_000_000;

  private final long tolerance;
  private final List<String> exempt;

  /** With a tolerance of one second, four times the usual distance between samples. */
  public PlacementChecker() {
    this(DEFAULT_TOLERANCE);
  }

  /**
   * With a tolerance of one second, of all operations but those of some functions.
   *
   * @param exempt functions that other nodes than the owner may answer
   */
  public PlacementChecker(List<String> exempt) {
    this(DEFAULT_TOLERANCE, exempt);
  }

  /**
   * With a tolerance in nanoseconds.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public PlacementChecker(long toleranceNanos) {
    this(toleranceNanos, List.of());
  }

  private PlacementChecker(long toleranceNanos, List<String> exempt) {
    if (toleranceNanos < 0) {
      throw new IllegalArgumentException("the tolerance must not be negative: " + toleranceNanos);
    }
    this.tolerance = toleranceNanos;
    this.exempt = List.copyOf(exempt);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    History history = evidence.history();
    Tenures tenures = Tenures.of(evidence.topology().timeline());
    OptionalInt[] slots = new OptionalInt[history.keyCount()];
    for (int key = 0; key < slots.length; key++) {
      slots[key] = KeySlot.of(history.keyValue(key));
    }
    Map<String, Misplaced> misplaced = new TreeMap<>();
    long judged = 0;
    long unjudged = 0;
    long anywhere = 0;
    for (int row = 0; row < history.size(); row++) {
      OptionalInt slot = slots[history.key(row)];
      if (history.type(row) != Completion.Type.OK || slot.isEmpty()) {
        continue;
      }
      if (exempt.contains(history.functionName(history.function(row)))) {
        anywhere++;
        continue;
      }
      List<String> nodes = history.attribution(row).nodes();
      if (nodes.size() != 1) {
        unjudged++;
        continue;
      }
      String node = nodes.get(0);
      long invoked = history.invocationTimeNanos(row);
      long completed = history.completionTimeNanos(row);
      boolean responsible =
          tenures.responsible(node, slot.getAsInt(), invoked - tolerance, completed + tolerance);
      if (responsible) {
        judged++;
      } else if (tenures.heard(node, invoked - tolerance, invoked)
          && tenures.heard(node, completed, completed + tolerance)) {
        judged++;
        misplaced
            .computeIfAbsent(node, Misplaced::new)
            .add(slot.getAsInt(), history.invocationIndex(row), invoked, completed);
      } else {
        unjudged++;
      }
    }
    if (judged + unjudged == 0 && anywhere > 0) {
      return Verdict.of(
          NAME, Validity.VALID, "any node may answer what was asked, " + anywhere + " times");
    }
    return verdict(misplaced, tenures, judged, unjudged);
  }

  private Verdict verdict(
      Map<String, Misplaced> misplaced, Tenures tenures, long judged, long unjudged) {
    Map<String, Value> figures = new LinkedHashMap<>();
    figures.put("judged", Value.of(judged));
    figures.put("unjudged", Value.of(unjudged));
    Value.Mapping statistics = new Value.Mapping(figures);
    if (judged == 0) {
      String reason =
          unjudged == 0
              ? "no operation with a key happened"
              : "none of " + unjudged + " operations can be held against a view of the cluster";
      return new Verdict(NAME, Validity.UNKNOWN, reason, List.of(), statistics, List.of());
    }
    List<Finding> findings =
        misplaced.values().stream().map(wrong -> wrong.finding(tenures)).toList();
    boolean broken = findings.stream().anyMatch(f -> f.severity() == Finding.Severity.VIOLATION);
    String reason =
        findings.isEmpty()
            ? judged + " operations were answered by a node responsible for their slot"
            : findings.get(0).summary();
    return new Verdict(
        NAME, broken ? Validity.INVALID : Validity.VALID, reason, findings, statistics, List.of());
  }
}
