package io.shardquake.harness.cli;

import io.shardquake.workloads.generator.GeneratorEvent.Result;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Counts operations and their latencies for people who watch. One thread records, another reads.
 */
public final class TrafficMeter {
  private static final long LONGEST_NANOS = 3_600_000_000_000L;
  private static final int DIGITS = 2;

  private final LongAdder ok = new LongAdder();
  private final LongAdder fail = new LongAdder();
  private final LongAdder info = new LongAdder();
  private final SingleWriterRecorder latencies = new SingleWriterRecorder(LONGEST_NANOS, DIGITS);
  private final Histogram interval = new Histogram(LONGEST_NANOS, DIGITS);

  /**
   * What happened.
   *
   * @param ok operations that succeeded, since the start
   * @param fail operations that failed, since the start
   * @param info operations whose outcome is unknown, since the start
   * @param p99Nanos the latency that 99 of 100 operations did not exceed, since the reading before;
   *     0 if there were none
   */
  public record Reading(long ok, long fail, long info, long p99Nanos) {
    /** All operations. */
    public long all() {
      return ok + fail + info;
    }
  }

  /** One operation has completed. */
  public void record(Result result, long nanos) {
    LongAdder count =
        switch (result) {
          case OK -> ok;
          case FAIL -> fail;
          case INFO -> info;
        };
    count.increment();
    latencies.recordValue(Math.min(nanos, LONGEST_NANOS));
  }

  /** What has happened so far. */
  public Reading read() {
    latencies.getIntervalHistogramInto(interval);
    return new Reading(ok.sum(), fail.sum(), info.sum(), interval.getValueAtPercentile(99));
  }
}
