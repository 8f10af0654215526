package io.shardquake.reports.html;

import io.shardquake.checkers.statistics.Latency;
import io.shardquake.checkers.statistics.RunStatistics;

/** Figures of the whole run. */
record TotalFacts(
    long ok,
    long fail,
    long info,
    double okPerSecond,
    long redirected,
    Latency latency,
    long lastNanos) {
  static TotalFacts of(RunStatistics statistics) {
    return new TotalFacts(
        statistics.ok(),
        statistics.fail(),
        statistics.info(),
        statistics.okPerSecond(),
        statistics.redirected(),
        statistics.latency(),
        statistics.lastNanos());
  }
}
