package io.shardquake.checkers;

import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.history.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Collects what a checker sees, case by case, and tells of each kind once: how often it was seen,
 * and of the first few cases in full. Not thread-safe.
 */
public final class Findings {
  private static final int TOLD = 5;
  private static final int OPERATIONS_TOLD = 20;

  /** The cases of one kind. */
  private static final class Cases {
    private final Severity severity;
    private final String first;
    private final List<String> told = new ArrayList<>();
    private final Set<Long> operations = new LinkedHashSet<>();
    private final Set<String> keys = new LinkedHashSet<>();
    private long count;

    Cases(Severity severity, String first) {
      this.severity = severity;
      this.first = first;
    }
  }

  private final Map<String, Cases> kinds = new TreeMap<>();
  private final List<Finding> whole = new ArrayList<>();

  /**
   * Takes in a case.
   *
   * @param kind see {@link Finding#kind()}; all cases of one kind have one severity
   * @param key of the operations; {@link Value#nil()} if it concerns none
   * @param summary one line, without a full stop, that stands alone
   * @param operations see {@link Finding#operations()}
   */
  public void add(
      String kind, Severity severity, Value key, String summary, List<Long> operations) {
    Cases cases = kinds.computeIfAbsent(kind, k -> new Cases(severity, summary));
    cases.count++;
    if (cases.told.size() < TOLD) {
      cases.told.add(summary);
      cases.operations.addAll(operations);
    }
    if (!key.isNil()) {
      cases.keys.add(key.toString());
    }
  }

  /** Takes in a finding as it is. */
  public void add(Finding finding) {
    whole.add(finding);
  }

  /** Whether a case was seen that breaks a promise. */
  public boolean broken() {
    return toList().stream().anyMatch(finding -> finding.severity() == Severity.VIOLATION);
  }

  /** How many cases of a kind were seen. */
  public long count(String kind) {
    Cases cases = kinds.get(kind);
    return cases == null ? 0 : cases.count;
  }

  /** One finding for each kind, the worst first. */
  public List<Finding> toList() {
    List<Finding> findings = new ArrayList<>(whole);
    kinds.forEach((kind, cases) -> findings.add(finding(kind, cases)));
    findings.sort(Comparator.comparing(Finding::severity).reversed());
    return findings;
  }

  /**
   * The verdict that follows: INVALID if a promise was broken, else VALID.
   *
   * @param otherwise the reason if nothing was found
   */
  public Verdict verdict(String checker, String otherwise, Value.Mapping statistics) {
    List<Finding> findings = toList();
    return new Verdict(
        checker,
        broken() ? Validity.INVALID : Validity.VALID,
        findings.isEmpty() ? otherwise : findings.get(0).summary(),
        findings,
        statistics,
        List.of());
  }

  private static Finding finding(String kind, Cases cases) {
    String summary =
        cases.count == 1 ? cases.first : "%s (%,d cases)".formatted(cases.first, cases.count);
    StringBuilder explanation = new StringBuilder();
    if (cases.count > 1) {
      cases.told.forEach(line -> explanation.append(line).append(".\n"));
    }
    if (cases.count > cases.told.size()) {
      explanation.append("%,d more.".formatted(cases.count - cases.told.size()));
    }
    Map<String, Value> data = new LinkedHashMap<>();
    data.put("count", Value.of(cases.count));
    data.put("keyCount", Value.of(cases.keys.size()));
    return new Finding(
        kind,
        cases.severity,
        summary,
        explanation.toString().strip(),
        cases.operations.stream().sorted().limit(OPERATIONS_TOLD).toList(),
        new Value.Mapping(data));
  }
}
