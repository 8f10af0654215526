package io.shardquake.harness.cli;

import io.shardquake.checkers.Limits;
import io.shardquake.harness.experiment.ExperimentJson;
import io.shardquake.harness.experiment.ExperimentRecord;
import io.shardquake.harness.judge.JudgedRun;
import io.shardquake.harness.judge.RunReview;
import io.shardquake.harness.store.RunDirectory;
import io.shardquake.harness.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;

/** A run directory that a user names. */
final class RunInput {
  private RunInput() {}

  /**
   * Judges it by its own experiment.
   *
   * @throws UsageException if it is no run directory
   * @throws IOException if one of its recordings cannot be read
   */
  static JudgedRun judge(Path path, Limits limits) throws UsageException, IOException {
    RunDirectory directory;
    ExperimentRecord written;
    try {
      directory = RunDirectory.open(path);
      written = ExperimentJson.read(directory.experiment());
    } catch (StoreException e) {
      throw new UsageException(e.getMessage(), e);
    }
    return RunReview.judge(
        directory, written, Catalogue.workload(written.experiment().workload()), limits);
  }
}
