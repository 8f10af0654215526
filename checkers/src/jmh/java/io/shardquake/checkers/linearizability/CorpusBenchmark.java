package io.shardquake.checkers.linearizability;

import io.shardquake.checkers.Validity;
import io.shardquake.checkers.edn.Corpora;
import io.shardquake.checkers.edn.Corpora.Recording;
import io.shardquake.checkers.edn.EdnHistoryReader;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.model.Models;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

/** The whole check of recorded histories, as {@code shardquake check} does it, without reading. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 2)
public class CorpusBenchmark {
  /** A folder of the corpora, or one file of it: all whose name holds this text. */
  @Param({
    "etcd/",
    "knossos",
    "reg_1000_c30_i0_uniq_ok",
    "reg_1000_c5_i5_uniq_bad",
    "reg_1000_c10_i1_uniq_bad",
    "reg_1000_c30_i0_v5_ok",
    "reg_1000_c30_i0_v5_bad",
    "reg_1000_c10_i1_v5_bad",
    "reg_10000_c30_i0_v5_ok",
    "reg_10000_c5_i0_uniq_bad",
  })
  public String histories;

  private final List<History> loaded = new ArrayList<>();
  private final List<Boolean> valid = new ArrayList<>();
  private LinearizabilityOptions options =
      LinearizabilityOptions.of(Models.casRegister(Value.nil()));

  /** Reads them. */
  @Setup
  public void read() throws IOException {
    for (Recording recording : Corpora.all()) {
      if (recording.file().toString().contains(histories)) {
        loaded.add(
            EdnHistoryReader.read(recording.file(), EdnHistoryReader.Values.PLAIN).content());
        valid.add(recording.valid());
      }
    }
    if (loaded.isEmpty()) {
      throw new IllegalArgumentException("no history's name holds '" + histories + "'");
    }
    if (histories.startsWith("knossos")) {
      options =
          LinearizabilityOptions.of(Models.casRegister(Value.of(0L)))
              .withNilReads(NilReads.UNKNOWN);
    }
  }

  /** Judges all of them, one after the other. */
  @Benchmark
  public int check() {
    for (int i = 0; i < loaded.size(); i++) {
      Validity verdict = LinearizabilityCheck.run(loaded.get(i), options).validity();
      if (verdict != (valid.get(i) ? Validity.VALID : Validity.INVALID)) {
        throw new IllegalStateException("history " + i + " of " + histories + ": " + verdict);
      }
    }
    return loaded.size();
  }
}
