package io.shardquake.checkers.linearizability;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.model.Models;
import io.shardquake.checkers.linearizability.oracle.SyntheticRegister;
import io.shardquake.checkers.linearizability.unique.NearLinear;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The near-linear register algorithm on one key with unique values, from 1,000 to 10,000,000. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgs = "-Xmx6g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class UniqueBenchmark {
  /** How many operations are started; about a quarter are compare-and-sets that miss. */
  @Param({"1000", "10000", "100000", "1000000", "10000000"})
  public int operations;

  /** Concurrent clients and percent of unknown outcomes. */
  @Param({"c10i1"})
  public String shape;

  /** Whether a linearization exists. */
  @Param({"true", "false"})
  public boolean valid;

  private ObjectHistory history;

  /** Makes the history. */
  @Setup
  public void generate() {
    String[] parts = shape.substring(1).split("i");
    int clients = Integer.parseInt(parts[0]);
    int info = Integer.parseInt(parts[1]);
    history =
        SyntheticRegister.generate(
            new SyntheticRegister.Shape(operations, clients, info, 0, valid), 1);
  }

  /** Decides it. */
  @Benchmark
  public Analysis decide() {
    Analysis analysis =
        NearLinear.decide(history, Models.casRegister(Value.nil()), SearchLimits.none())
            .orElseThrow();
    if (analysis instanceof Analysis.Valid != valid) {
      throw new IllegalStateException("wrong verdict: " + analysis);
    }
    return analysis;
  }
}
