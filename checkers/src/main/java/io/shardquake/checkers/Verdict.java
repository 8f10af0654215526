package io.shardquake.checkers;

import io.shardquake.checkers.history.Value;
import java.util.List;

/**
 * What a checker concluded, and why.
 *
 * @param checker the checker's name, kebab-case
 * @param validity the conclusion; never better than that of any of {@code parts}
 * @param reason one line that says why; for {@link Validity#UNKNOWN} the cause and how far the
 *     checker got
 * @param findings what it rests on, most telling first
 * @param statistics figures for reports, insertion-ordered
 * @param parts the verdicts that were merged into this one; empty for a single checker
 */
public record Verdict(
    String checker,
    Validity validity,
    String reason,
    List<Finding> findings,
    Value.Mapping statistics,
    List<Verdict> parts) {

  public Verdict {
    findings = List.copyOf(findings);
    parts = List.copyOf(parts);
    for (Verdict part : parts) {
      if (part.validity().compareTo(validity) > 0) {
        throw new IllegalArgumentException(
            checker
                + " cannot be "
                + validity
                + ": its part "
                + part.checker()
                + " is "
                + part.validity());
      }
    }
  }

  /** A verdict without findings, figures or parts. */
  public static Verdict of(String checker, Validity validity, String reason) {
    return new Verdict(checker, validity, reason, List.of(), Value.Mapping.EMPTY, List.of());
  }

  /**
   * Merges verdicts, worst wins. The reason is that of the first part that is as bad as the whole.
   * An empty list is {@link Validity#UNKNOWN}: nothing was checked.
   */
  public static Verdict merge(String checker, List<Verdict> parts) {
    if (parts.isEmpty()) {
      return of(checker, Validity.UNKNOWN, "nothing was checked");
    }
    Validity worst = parts.stream().map(Verdict::validity).reduce(Validity.VALID, Validity::and);
    Verdict decisive = parts.stream().filter(p -> p.validity() == worst).findFirst().orElseThrow();
    String reason =
        worst == Validity.VALID
            ? "every checker agrees"
            : decisive.checker() + ": " + decisive.reason();
    return new Verdict(checker, worst, reason, List.of(), Value.Mapping.EMPTY, parts);
  }
}
