package io.shardquake.harness.campaign;

import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What makes two failures the same failure, as far as one can tell from outside.
 *
 * @param checker who found it
 * @param anomaly the kind of the finding; for a verdict without one, its reason
 */
public record Fingerprint(String checker, String anomaly) implements Comparable<Fingerprint> {
  private static final Comparator<Fingerprint> ORDER =
      Comparator.comparing(Fingerprint::checker).thenComparing(Fingerprint::anomaly);

  /** That of a verdict; empty if it is {@link Validity#VALID}. */
  public static Optional<Fingerprint> of(Verdict verdict) {
    return verdict.validity() == Validity.VALID
        ? Optional.empty()
        : Optional.of(ofLeaf(decisive(verdict)));
  }

  /** The verdict of the checker that makes the whole as bad as it is. */
  public static Verdict decisive(Verdict verdict) {
    return verdict.parts().stream()
        .filter(part -> part.validity() == verdict.validity())
        .findFirst()
        .map(Fingerprint::decisive)
        .orElse(verdict);
  }

  private static Fingerprint ofLeaf(Verdict leaf) {
    List<String> kinds =
        leaf.findings().stream()
            .filter(finding -> finding.severity() == Finding.Severity.VIOLATION)
            .map(Finding::kind)
            .toList();
    return new Fingerprint(leaf.checker(), kinds.isEmpty() ? leaf.reason() : kinds.get(0));
  }

  @Override
  public int compareTo(Fingerprint other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return checker + ": " + anomaly;
  }
}
