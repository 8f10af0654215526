package io.shardquake.reports.html;

import io.shardquake.checkers.statistics.FunctionStatistics;
import io.shardquake.checkers.statistics.Latency;

/** Figures of one function. */
record FunctionFacts(String function, long ok, long fail, long info, Latency latency) {
  static FunctionFacts of(FunctionStatistics statistics) {
    return new FunctionFacts(
        statistics.function(),
        statistics.ok(),
        statistics.fail(),
        statistics.info(),
        statistics.latency());
  }
}
