package io.shardquake.checkers;

import io.shardquake.checkers.Finding.Severity;

/**
 * Judges as another checker does, but holds the cluster to what one copy of the data would promise:
 * what that checker tells as a hazard because a failover may lose it is a violation here.
 */
public final class OneCopy implements Checker {
  private final Checker checker;

  /** As the checker judges, if nothing may ever be lost. */
  public OneCopy(Checker checker) {
    this.checker = checker;
  }

  @Override
  public String name() {
    return checker.name() + "-of-one-copy";
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    Verdict verdict = checker.check(evidence, limits);
    boolean broken =
        verdict.findings().stream().anyMatch(found -> found.severity() != Severity.NOTE);
    return new Verdict(
        name(),
        broken ? Validity.INVALID : verdict.validity(),
        verdict.reason(),
        verdict.findings().stream().map(OneCopy::violation).toList(),
        verdict.statistics(),
        verdict.parts());
  }

  private static Finding violation(Finding found) {
    return found.severity() == Severity.HAZARD
        ? new Finding(
            found.kind(),
            Severity.VIOLATION,
            found.summary(),
            found.explanation(),
            found.operations(),
            found.data())
        : found;
  }
}
