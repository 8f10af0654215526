package io.shardquake.harness.cli;

import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.harness.experiment.Apparatus;
import io.shardquake.harness.experiment.Experiment;
import io.shardquake.harness.experiment.ExperimentJson;
import io.shardquake.harness.experiment.ExperimentRecord;
import io.shardquake.harness.experiment.ExperimentRun;
import io.shardquake.harness.experiment.Provenance;
import io.shardquake.harness.experiment.RunPhase;
import io.shardquake.harness.interpreter.RunClock;
import io.shardquake.harness.interpreter.StopSignal;
import io.shardquake.harness.judge.JudgedRun;
import io.shardquake.harness.judge.RunReview;
import io.shardquake.harness.store.RunDirectory;
import io.shardquake.harness.store.StoreException;
import io.shardquake.harness.target.OrphanCleanup;
import io.shardquake.harness.target.TargetException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * One experiment from the command line to its exit code.
 *
 * @param debug whether to log in detail
 * @param root where runs are kept
 * @param keepData whether to keep the nodes' data also when the verdict is VALID
 */
record RunSession(Console console, boolean debug, Path root, boolean keepData) {

  /**
   * Runs, judges, reports, and shows how it goes.
   *
   * @param commandLine that runs the same experiment again
   * @return the exit code
   */
  int run(Experiment experiment, Apparatus apparatus, String commandLine, VerdictOutput output)
      throws TargetException, StoreException, IOException, InterruptedException {
    return run(
        experiment,
        apparatus,
        commandLine,
        output,
        (clock, stop) -> new LiveProgress(console, clock, experiment.time()));
  }

  /** The same, watched by somebody else. */
  int run(
      Experiment experiment,
      Apparatus apparatus,
      String commandLine,
      VerdictOutput output,
      RunWatch.Beginning watch)
      throws TargetException, StoreException, IOException, InterruptedException {
    OrphanCleanup.sweep(root).forEach(console.err()::println);
    RunClock clock = RunClock.startNow();
    RunDirectory directory = RunDirectory.create(root, experiment.name(), clock.start());
    directory.markLatest();
    ExperimentRecord written =
        new ExperimentRecord(
            experiment, new Provenance(clock.start(), commandLine, "", Provenance.versionsHere()));
    ExperimentJson.write(written, directory.experiment());
    JudgedRun judged;
    HarnessLog log = HarnessLog.open(directory.harnessLog(), debug);
    StopSignal stop = new StopSignal();
    try (RunWatch progress = watch.begin(clock, stop)) {
      progress.remark("seed " + experiment.seed() + ", recording in " + directory.path());
      Signals.raiseOnInterrupt(stop, console, "stopping: healing and judging first");
      new ExperimentRun(written, apparatus, directory, clock, stop, progress).execute();
      progress.recorded(directory);
      progress.phase(RunPhase.JUDGING);
      judged = judge(directory, apparatus);
      output.write(judged, directory.path());
    } finally {
      log.close();
    }
    if (!keepData && judged.verdict().validity() == Validity.VALID) {
      directory.deleteNodeData();
    }
    return output.print(judged);
  }

  private static JudgedRun judge(RunDirectory directory, Apparatus apparatus)
      throws StoreException, IOException {
    return RunReview.judge(
        directory,
        ExperimentJson.read(directory.experiment()),
        apparatus.workload(),
        Limits.DEFAULT);
  }
}
