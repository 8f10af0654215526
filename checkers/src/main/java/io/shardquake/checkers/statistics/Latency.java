package io.shardquake.checkers.statistics;

import org.HdrHistogram.Histogram;

/**
 * How long operations took, in nanoseconds, each figure exact to three decimal digits; all 0 if
 * there were none.
 *
 * @param count how many were measured
 */
public record Latency(long count, long p50, long p90, long p99, long p999, long max) {
  public static final Latency NONE = new Latency(0, 0, 0, 0, 0, 0);

  static Latency of(Histogram histogram) {
    if (histogram.getTotalCount() == 0) {
      return NONE;
    }
    return new Latency(
        histogram.getTotalCount(),
        histogram.getValueAtPercentile(50),
        histogram.getValueAtPercentile(90),
        histogram.getValueAtPercentile(99),
        histogram.getValueAtPercentile(99.9),
        histogram.getMaxValue());
  }
}
