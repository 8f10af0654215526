package io.shardquake.harness.cli;

import io.shardquake.checkers.Limits;
import io.shardquake.harness.experiment.ExperimentJson;
import io.shardquake.harness.experiment.ExperimentRecord;
import io.shardquake.harness.experiment.Provenance;
import io.shardquake.harness.judge.JudgedRun;
import io.shardquake.harness.judge.RunReview;
import io.shardquake.harness.shrink.Reproduction;
import io.shardquake.harness.sim.SimResult;
import io.shardquake.harness.sim.SimSetup;
import io.shardquake.harness.sim.SimSetupJson;
import io.shardquake.harness.sim.Simulation;
import io.shardquake.harness.sim.node.Witness;
import io.shardquake.harness.sim.run.FileEvidence;
import io.shardquake.harness.sim.trace.EventLog;
import io.shardquake.harness.sim.trace.RollingHash;
import io.shardquake.harness.sim.trace.TraceLines;
import io.shardquake.harness.store.RunDirectory;
import io.shardquake.harness.store.StoreException;
import io.shardquake.reports.VerdictJson;
import io.shardquake.workloads.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One simulation from the command line to its exit code.
 *
 * @param debug whether to log in detail
 * @param root where runs are kept
 * @param trace whether to write down everything that nodes are told and do
 */
record SimSession(Console console, boolean debug, Path root, boolean trace) {
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
    RunDirectory.writeWhole(directory.path().resolve(Reproduction.FILE), SimSetupJson.write(setup));
    HarnessLog log = HarnessLog.open(directory.harnessLog(), debug);
    try {
      long begun = System.nanoTime();
      SimResult result = simulate(setup, simulation, directory);
      double wall = (System.nanoTime() - begun) / 1e9;
      new VerdictJson().writePart(result.observed(), directory.observed());
      JudgedRun judged = RunReview.judge(directory, written, workload, Limits.DEFAULT);
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

  private SimResult simulate(SimSetup setup, Simulation simulation, RunDirectory directory)
      throws IOException {
    Path story = directory.logs().resolve("simulation.log");
    Path everything = directory.logs().resolve("trace.log");
    try (PrintWriter told = new PrintWriter(Files.newBufferedWriter(story));
        PrintWriter traced =
            trace
                ? new PrintWriter(Files.newBufferedWriter(everything))
                : new PrintWriter(Writer.nullWriter());
        FileEvidence recording = new FileEvidence(directory)) {
      List<Witness> witnesses = new ArrayList<>(List.of(new EventLog(told::println)));
      if (trace) {
        witnesses.add(new TraceLines(traced::println));
      }
      return simulation.run(setup, witnesses, Optional.of(recording));
    }
  }
}
