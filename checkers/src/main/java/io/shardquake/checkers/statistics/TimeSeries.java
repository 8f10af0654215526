package io.shardquake.checkers.statistics;

import io.shardquake.checkers.history.History;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.IntCountsHistogram;

/**
 * Throughput and latency over time, in intervals of equal length from the start of the run. An
 * operation counts in the interval in which it completed; one that never did, in that of its
 * invocation.
 *
 * @param intervalNanos the length of an interval
 * @param intervals in order, without holes, from time 0 to the last event
 */
public record TimeSeries(long intervalNanos, List<Interval> intervals) {
  private static final long[] STEPS = {1, 2, 5};

  /**
   * One interval.
   *
   * @param ok how many operations completed so
   * @param p50 median latency in nanoseconds of those that completed with Ok; 0 if none did
   * @param p99 the 99th percentile of the same
   * @param max the greatest of the same
   */
  public record Interval(long ok, long fail, long info, long p50, long p99, long max) {
    static final Interval EMPTY = new Interval(0, 0, 0, 0, 0, 0);
  }

  public TimeSeries {
    intervals = List.copyOf(intervals);
  }

  /**
   * Divides the run into at most {@code most} intervals of a round length (1, 2 or 5 times a power
   * of ten, at least a millisecond).
   *
   * @throws IllegalArgumentException if {@code most} is less than 1
   */
  public static TimeSeries of(History history, int most) {
    if (most < 1) {
      throw new IllegalArgumentException("at least one interval is needed, not " + most);
    }
    long end = 0;
    for (int row = 0; row < history.size(); row++) {
      end = Math.max(end, timeOf(history, row));
    }
    long length = roundLength(end, most);
    List<Bin> bins = new ArrayList<>();
    for (long at = 0; history.size() > 0 && at <= end; at += length) {
      bins.add(new Bin());
    }
    for (int row = 0; row < history.size(); row++) {
      bins.get(Math.toIntExact(timeOf(history, row) / length)).add(history, row);
    }
    return new TimeSeries(length, bins.stream().map(Bin::interval).toList());
  }

  private static long timeOf(History history, int row) {
    long time =
        history.isCompleted(row)
            ? history.completionTimeNanos(row)
            : history.invocationTimeNanos(row);
    return Math.max(0, time);
  }

  private static long roundLength(long end, int most) {
    for (long decade = 1_000_000; ; decade *= 10) {
      for (long step : STEPS) {
        if (end / (decade * step) < most) {
          return decade * step;
        }
      }
    }
  }

  private static final class Bin {
    // Two digits are what a chart can show; they keep an interval at some 14 KB.
    private final IntCountsHistogram latency = new IntCountsHistogram(2);
    private long ok;
    private long fail;
    private long info;

    void add(History history, int row) {
      switch (history.type(row)) {
        case OK -> {
          ok++;
          latency.recordValue(
              Math.max(0, history.completionTimeNanos(row) - history.invocationTimeNanos(row)));
        }
        case FAIL -> fail++;
        case INFO -> info++;
      }
    }

    Interval interval() {
      if (ok + fail + info == 0) {
        return Interval.EMPTY;
      }
      return ok == 0
          ? new Interval(0, fail, info, 0, 0, 0)
          : new Interval(
              ok,
              fail,
              info,
              latency.getValueAtPercentile(50),
              latency.getValueAtPercentile(99),
              latency.getMaxValue());
    }
  }
}
