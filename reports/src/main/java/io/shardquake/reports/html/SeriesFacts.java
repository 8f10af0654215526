package io.shardquake.reports.html;

import io.shardquake.checkers.history.History;
import io.shardquake.checkers.statistics.TimeSeries;
import io.shardquake.checkers.statistics.TimeSeries.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Throughput and latency over time; no latency (null) where nothing succeeded. */
record SeriesFacts(
    long intervalNanos,
    List<Long> ok,
    List<Long> fail,
    List<Long> info,
    List<@Nullable Long> p50,
    List<@Nullable Long> p99,
    List<@Nullable Long> max) {

  static SeriesFacts of(History history, PageBounds bounds) {
    TimeSeries series = TimeSeries.of(history, bounds.intervals());
    return new SeriesFacts(
        series.intervalNanos(),
        counts(series, Interval::ok),
        counts(series, Interval::fail),
        counts(series, Interval::info),
        latencies(series, Interval::p50),
        latencies(series, Interval::p99),
        latencies(series, Interval::max));
  }

  private static List<Long> counts(TimeSeries series, ToLongFunction<Interval> figure) {
    return series.intervals().stream().map(figure::applyAsLong).toList();
  }

  private static List<@Nullable Long> latencies(
      TimeSeries series, ToLongFunction<Interval> figure) {
    List<@Nullable Long> latencies = new ArrayList<>();
    for (Interval interval : series.intervals()) {
      latencies.add(interval.ok() == 0 ? null : figure.applyAsLong(interval));
    }
    return latencies;
  }
}
