package io.shardquake.reports.html;

import io.shardquake.checkers.statistics.ErrorStatistics;
import java.util.Locale;

/** How often one error ended an operation in one way. */
record ErrorFacts(String error, String outcome, long count, long first, long last) {
  static ErrorFacts of(ErrorStatistics statistics) {
    return new ErrorFacts(
        statistics.error(),
        statistics.outcome().name().toLowerCase(Locale.ROOT),
        statistics.count(),
        statistics.firstNanos(),
        statistics.lastNanos());
  }
}
