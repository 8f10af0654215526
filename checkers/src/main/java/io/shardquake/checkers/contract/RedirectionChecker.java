package io.shardquake.checkers.contract;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Findings;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import java.util.List;

/**
 * Whether redirections end once the cluster is whole (B14): who follows them then gets an answer.
 * While things are broken or on the move they may not, and how often is told.
 */
final class RedirectionChecker implements Checker {
  private static final String ENDLESS = "too-many-redirects";
  private static final String RECOVERY = "recovery";

  @Override
  public String name() {
    return "redirections-end";
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    long whole =
        evidence.faults().events().stream()
            .filter(event -> event.fault() < 0 && event.kind().equals(RECOVERY))
            .filter(event -> event.phase() == Phase.HEALED)
            .mapToLong(FaultEvent::timeNanos)
            .findFirst()
            .orElse(Long.MAX_VALUE);
    History history = evidence.history();
    Findings findings = new Findings();
    long followed = 0;
    long endless = 0;
    int most = 0;
    for (int row = 0; row < history.size(); row++) {
      int redirects = history.attribution(row).redirects();
      followed += redirects;
      most = Math.max(most, redirects);
      if (history.error(row).equals(ENDLESS)) {
        endless++;
        if (history.invocationTimeNanos(row) > whole) {
          Value key = history.keyValue(history.key(row));
          findings.add(
              "endless-redirection",
              Severity.VIOLATION,
              key,
              "after the cluster was whole, %s was redirected %d times and never answered"
                  .formatted(key, redirects),
              List.of(history.invocationIndex(row)));
        }
      }
    }
    return new PromiseVerdict("B14")
        .with("followed", followed)
        .with("most", most)
        .with("endlessBeforeTheEnd", endless - findings.count("endless-redirection"))
        .of(
            name(),
            findings,
            "%,d redirections were followed, %d for one operation at most"
                .formatted(followed, most));
  }
}
