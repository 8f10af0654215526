package io.shardquake.harness.judge;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.contract.ClusterTerms;
import io.shardquake.checkers.contract.Promises;
import io.shardquake.checkers.coverage.CoverageChecker;
import io.shardquake.checkers.placement.PlacementChecker;
import io.shardquake.checkers.statistics.StatisticsChecker;
import io.shardquake.faults.plan.Fault;
import io.shardquake.harness.experiment.Experiment;
import io.shardquake.harness.experiment.ExperimentRecord;
import io.shardquake.harness.store.RunDirectory;
import io.shardquake.harness.target.ClusterOptions;
import io.shardquake.reports.PlannedFault;
import io.shardquake.reports.RunSummary;
import io.shardquake.reports.VerdictJson;
import io.shardquake.workloads.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges a run directory: the one just filled, or one of long ago. */
public final class RunReview {
  private RunReview() {}

  /**
   * Reads what was recorded and judges it.
   *
   * @param workload that the run's experiment names
   * @param limits of each checker
   * @throws io.shardquake.checkers.recording.MalformedRecordingException if a recording is not what
   *     its writer meant
   * @throws IOException if a recording cannot be read
   */
  public static JudgedRun judge(
      RunDirectory directory, ExperimentRecord written, Workload workload, Limits limits)
      throws IOException {
    Experiment experiment = written.experiment();
    RunEvidence recorded = RunEvidence.read(directory);
    Verdict verdict = judgeOf(experiment, workload).judge(recorded.evidence(), limits);
    if (Files.exists(directory.observed())) {
      verdict = withObserved(verdict, new VerdictJson().readPart(directory.observed()));
    }
    return new JudgedRun(
        summary(directory, written, recorded), recorded.evidence(), verdict, recorded.remarks());
  }

  /**
   * A verdict on what was recorded, and one on what was seen while it was recorded.
   *
   * @param judged what {@link #judgeOf} came to
   */
  public static Verdict withObserved(Verdict judged, Verdict observed) {
    return Verdict.merge(judged.checker(), List.of(judged, observed));
  }

  /** Who judges runs of this experiment, be they live or simulated. */
  public static RunJudge judgeOf(Experiment experiment, Workload workload) {
    List<Checker> always =
        new ArrayList<>(
            List.of(
                new StatisticsChecker(),
                new CoverageChecker(),
                new PlacementChecker(workload.answeredAnywhere())));
    always.addAll(Promises.of(terms(experiment), workload.answeredWhileDown()));
    always.addAll(workload.promises(experiment.workloadOptions(), terms(experiment)));
    return new RunJudge(
        experiment.contract(),
        experiment.plan(),
        workload.checkers(experiment.workloadOptions()),
        always);
  }

  private static ClusterTerms terms(Experiment experiment) {
    ClusterOptions cluster = experiment.cluster();
    return new ClusterTerms(
        cluster.masters(),
        cluster.replicasPerMaster(),
        cluster.nodeTimeout(),
        !cluster.directives().contains("cluster-require-full-coverage no"));
  }

  private static RunSummary summary(
      RunDirectory directory, ExperimentRecord written, RunEvidence recorded) {
    Experiment experiment = written.experiment();
    return new RunSummary(
        experiment.name(),
        written.provenance().commandLine(),
        Optional.of(experiment.seed()),
        experiment.target(),
        written.provenance().server(),
        written.provenance().versions(),
        Optional.of(written.provenance().start()),
        Duration.ofNanos(recorded.endNanos()),
        experiment.contract().toString(),
        planned(experiment, recorded.trafficStartNanos()),
        directory.path());
  }

  private static List<PlannedFault> planned(Experiment experiment, long trafficStartNanos) {
    List<PlannedFault> planned = new ArrayList<>();
    for (Fault fault : experiment.plan().faults()) {
      planned.add(
          new PlannedFault(
              planned.size(),
              fault.kind(),
              fault.on().toString(),
              trafficStartNanos + fault.at().toNanos(),
              fault.duration().toNanos()));
    }
    return planned;
  }
}
