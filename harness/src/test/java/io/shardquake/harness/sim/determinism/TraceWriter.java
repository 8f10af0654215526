package io.shardquake.harness.sim.determinism;

import io.shardquake.checkers.Limits;
import io.shardquake.faults.injector.StandardFaults;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.harness.experiment.Contract;
import io.shardquake.harness.sim.SimResult;
import io.shardquake.harness.sim.Simulation;
import io.shardquake.harness.sim.Swarm;
import io.shardquake.harness.sim.trace.RollingHash;
import io.shardquake.harness.sim.trace.TraceLines;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The program of a second JVM: simulates a seed and writes everything that happens to a file. */
final class TraceWriter {
  private TraceWriter() {}

  /** Takes the seed and the file; the file's last line is the hash. */
  public static void main(String[] arguments) throws IOException {
    write(Long.parseLong(arguments[0]), Path.of(arguments[1]));
  }

  static void write(long seed, Path file) throws IOException {
    List<FaultKind> kinds =
        StandardFaults.catalogue().kinds().stream()
            .filter(kind -> kind.use() == FaultKind.Use.ANY)
            .toList();
    Simulation simulation =
        new Simulation(StandardFaults.catalogue(), new Limits(Duration.ofMinutes(1), 128L << 20));
    Swarm swarm =
        new Swarm(
            Swarm.ANY_WORKLOAD,
            kinds,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Contract.REDIS_CLUSTER,
            Set.of());
    try (BufferedWriter text = Files.newBufferedWriter(file);
        PrintWriter lines = new PrintWriter(text)) {
      SimResult result =
          simulation.run(
              swarm.draw(seed), List.of(new TraceLines(lines::println)), Optional.empty());
      lines.println("hash " + RollingHash.text(result.hash()));
    }
  }
}
