package io.shardquake.harness.judge;

import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.harness.experiment.Contract;

/**
 * What becomes of a verdict on a property that the contract does not promise: what was found is
 * told as a hazard and breaks nothing, nor does it matter that something could not be decided.
 *
 * @param contract that does not promise it
 */
record Tolerance(Contract contract) {
  Verdict of(Verdict verdict) {
    String reason =
        switch (verdict.validity()) {
          case VALID -> verdict.reason();
          case INVALID -> "broken, which " + contract + " allows: " + verdict.reason();
          case UNKNOWN -> "undecided, which " + contract + " does not need: " + verdict.reason();
        };
    return new Verdict(
        verdict.checker(),
        Validity.VALID,
        reason,
        verdict.findings().stream().map(Tolerance::hazard).toList(),
        verdict.statistics(),
        verdict.parts().stream().map(this::of).toList());
  }

  private static Finding hazard(Finding finding) {
    return finding.severity() == Severity.VIOLATION
        ? new Finding(
            finding.kind(),
            Severity.HAZARD,
            finding.summary(),
            finding.explanation(),
            finding.operations(),
            finding.data())
        : finding;
  }
}
