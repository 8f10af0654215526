package io.shardquake.harness.cli;

import io.shardquake.checkers.Limits;
import io.shardquake.harness.experiment.ExperimentJson;
import io.shardquake.harness.experiment.ExperimentRecord;
import io.shardquake.harness.experiment.Provenance;
import io.shardquake.harness.judge.JudgedRun;
import io.shardquake.harness.judge.RunReview;
import io.shardquake.harness.sim.SimResult;
import io.shardquake.harness.sim.SimSetup;
import io.shardquake.harness.sim.Simulation;
import io.shardquake.harness.sim.run.FileEvidence;
import io.shardquake.harness.sim.trace.EventLog;
import io.shardquake.harness.sim.trace.RollingHash;
import io.shardquake.harness.store.RunDirectory;
import io.shardquake.harness.store.StoreException;
import io.shardquake.workloads.Workload;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One simulation from the command line to its exit code.
 *
 * @param debug whether to log in detail
 * @param root where runs are kept
 */
record SimSession(Console console, boolean debug, Path root) {
  private static final String SERVER = "reference-node cores in virtual time";

  /**
   * Simulates, judges, reports.
   *
   * @param commandLine that simulates the same again
   * @return the exit code
   */
  int run(
      SimSetup setup,
      Simulation simulation,
      Workload workload,
      String commandLine,
      VerdictOutput output)
      throws StoreException, IOException {
    Instant start = Instant.now();
    RunDirectory directory = RunDirectory.create(root, setup.experiment().name(), start);
    directory.markLatest();
    ExperimentRecord written =
        new ExperimentRecord(
            setup.experiment(),
            new Provenance(start, commandLine, SERVER, Provenance.versionsHere()));
    ExperimentJson.write(written, directory.experiment());
    HarnessLog log = HarnessLog.open(directory.harnessLog(), debug);
    try {
      long begun = System.nanoTime();
      SimResult result = simulate(setup, simulation, directory);
      double wall = (System.nanoTime() - begun) / 1e9;
      JudgedRun recorded = RunReview.judge(directory, written, workload, Limits.DEFAULT);
      JudgedRun judged =
          new JudgedRun(
              recorded.summary(), recorded.evidence(), result.verdict(), recorded.remarks());
      output.write(judged, directory.path());
      console
          .err()
          .printf(
              Locale.ROOT,
              "%.1f virtual seconds, %,d events in %.1f s; trace %s; recorded in %s%n",
              result.virtualNanos() / 1e9,
              result.events(),
              wall,
              RollingHash.text(result.hash()),
              directory.path());
      return output.print(judged);
    } finally {
      log.close();
    }
  }

  private static SimResult simulate(SimSetup setup, Simulation simulation, RunDirectory directory)
      throws IOException {
    Path story = directory.logs().resolve("simulation.log");
    try (BufferedWriter text = Files.newBufferedWriter(story);
        PrintWriter lines = new PrintWriter(text);
        FileEvidence recording = new FileEvidence(directory)) {
      return simulation.run(setup, List.of(new EventLog(lines::println)), Optional.of(recording));
    }
  }
}
