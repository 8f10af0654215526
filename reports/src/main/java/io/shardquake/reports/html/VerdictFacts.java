package io.shardquake.reports.html;

import io.shardquake.checkers.Verdict;
import java.util.ArrayList;
import java.util.List;

/** The verdict and those it was merged from, each after the one it is part of. */
record VerdictFacts(String validity, String reason, List<Row> checkers) {

  /** One checker's verdict. */
  record Row(String name, int depth, String validity, String reason, int findings) {}

  static VerdictFacts of(Verdict verdict) {
    List<Row> rows = new ArrayList<>();
    add(rows, verdict, 0);
    return new VerdictFacts(verdict.validity().name(), verdict.reason(), rows);
  }

  private static void add(List<Row> rows, Verdict verdict, int depth) {
    rows.add(
        new Row(
            verdict.checker(),
            depth,
            verdict.validity().name(),
            verdict.reason(),
            verdict.findings().size()));
    verdict.parts().forEach(part -> add(rows, part, depth + 1));
  }
}
