package io.shardquake.checkers.history;

import io.shardquake.checkers.edn.EdnHistoryReader;
import io.shardquake.checkers.edn.EdnHistoryReader.Values;
import io.shardquake.checkers.edn.EdnHistoryWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Reading a register history over 1,000 keys from a file, in both formats. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgs = "-Xmx1g")
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class HistoryReaderBenchmark {
  /** How many operations the history has. */
  @Param({"1000000", "10000000"})
  public int operations;

  private Path json;
  private Path edn;

  /** Writes the history in both formats. */
  @Setup
  public void write() throws IOException {
    json = Files.createTempFile("benchmark", ".jsonl");
    edn = Files.createTempFile("benchmark", ".edn");
    Files.delete(json);
    try (InputStream synthetic = new SyntheticHistory(operations)) {
      Files.copy(synthetic, json);
    }
    try (BufferedWriter writer = Files.newBufferedWriter(edn)) {
      EdnHistoryWriter.write(HistoryReader.read(json).content(), writer);
    }
  }

  /** Removes the files. */
  @TearDown
  public void delete() throws IOException {
    Files.delete(json);
    Files.delete(edn);
  }

  /** JSON Lines. */
  @Benchmark
  public History jsonLines() throws IOException {
    return HistoryReader.read(json).content();
  }

  /** Jepsen's EDN. */
  @Benchmark
  public History edn() throws IOException {
    return EdnHistoryReader.read(edn, Values.INDEPENDENT).content();
  }
}
