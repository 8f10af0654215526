package io.shardquake.reports.html;

import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Verdict;

/** How many findings there are, whether the page carries them or not. */
record FindingTotals(int all, int violations) {
  static FindingTotals of(Verdict verdict) {
    int all = verdict.findings().size();
    int violations =
        (int)
            verdict.findings().stream()
                .filter(f -> f.severity() == Finding.Severity.VIOLATION)
                .count();
    for (Verdict part : verdict.parts()) {
      FindingTotals of = of(part);
      all += of.all();
      violations += of.violations();
    }
    return new FindingTotals(all, violations);
  }
}
