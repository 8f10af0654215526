package io.shardquake.harness.certify;

import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.faults.nemesis.FaultCatalogue;
import io.shardquake.faults.plan.ClusterShape;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultPlan;
import io.shardquake.faults.plan.FaultPlanner;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.faults.plan.PlannerOptions;
import io.shardquake.harness.experiment.Apparatus;
import io.shardquake.harness.experiment.Contract;
import io.shardquake.harness.experiment.Experiment;
import io.shardquake.harness.experiment.ExperimentJson;
import io.shardquake.harness.experiment.ExperimentRecord;
import io.shardquake.harness.experiment.ExperimentRun;
import io.shardquake.harness.experiment.Provenance;
import io.shardquake.harness.experiment.RunObserver;
import io.shardquake.harness.experiment.Traffic;
import io.shardquake.harness.interpreter.RunClock;
import io.shardquake.harness.interpreter.StopSignal;
import io.shardquake.harness.judge.JudgedRun;
import io.shardquake.harness.judge.RunReview;
import io.shardquake.harness.store.RunDirectory;
import io.shardquake.harness.store.StoreException;
import io.shardquake.harness.target.ClusterOptions;
import io.shardquake.harness.target.ClusterOptions.Wiring;
import io.shardquake.harness.target.Target;
import io.shardquake.harness.target.TargetException;
import io.shardquake.reports.HtmlReport;
import io.shardquake.reports.JunitXml;
import io.shardquake.reports.Report;
import io.shardquake.reports.VerdictJson;
import io.shardquake.workloads.Workload;
import io.shardquake.workloads.WorkloadOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/** The experiments of a level, one after the other, each in a run directory of its own. */
final class ChaosSuite {
  private static final Duration RECOVERY = Duration.ofSeconds(90);
  private static final Duration OPERATION = Duration.ofSeconds(1);
  private static final int CLIENTS = 12;
  private static final double RATE = 400;

  private final Target target;
  private final ClusterOptions cluster;
  private final Workload workload;
  private final FaultCatalogue faults;
  private final StopSignal stop;
  private final RunObserver observer;

  ChaosSuite(
      Target target,
      ClusterOptions cluster,
      Workload workload,
      FaultCatalogue faults,
      StopSignal stop,
      RunObserver observer) {
    this.target = target;
    this.cluster = cluster;
    this.workload = workload;
    this.faults = faults;
    this.stop = stop;
    this.observer = observer;
  }

  /**
   * Runs them.
   *
   * @param directory of the certificate
   */
  List<Certificate.TrialEntry> run(Level level, Path directory, String commandLine)
      throws TargetException, StoreException, IOException, InterruptedException {
    List<Certificate.TrialEntry> entries = new ArrayList<>();
    for (Level.Trial trial : level.trials()) {
      if (stop.raised()) {
        break;
      }
      if (possible(trial).isEmpty()) {
        observer.remark(
            "experiment " + trial.name() + " is left out: the target can do none of it");
      } else {
        observer.remark("experiment " + trial.name() + ", seed " + trial.seed());
        entries.add(run(trial, level.time(), directory, commandLine));
      }
    }
    return entries;
  }

  private Certificate.TrialEntry run(
      Level.Trial trial, Duration time, Path directory, String commandLine)
      throws TargetException, StoreException, IOException, InterruptedException {
    Experiment experiment = experiment(trial, time);
    RunClock clock = RunClock.startNow();
    RunDirectory run =
        RunDirectory.create(directory.resolve("experiments"), trial.name(), clock.start());
    ExperimentRecord written =
        new ExperimentRecord(
            experiment, new Provenance(clock.start(), commandLine, "", Provenance.versionsHere()));
    ExperimentJson.write(written, run.experiment());
    Apparatus apparatus = new Apparatus(target, workload, faults);
    new ExperimentRun(written, apparatus, run, clock, stop, observer).execute();
    JudgedRun judged =
        RunReview.judge(run, ExperimentJson.read(run.experiment()), workload, Limits.DEFAULT);
    for (Report report : List.of(new VerdictJson(), new JunitXml(), new HtmlReport())) {
      report.write(
          judged.summary(),
          judged.evidence(),
          judged.verdict(),
          run.path().resolve(report.fileName()));
    }
    Validity validity = judged.verdict().validity();
    if (validity == Validity.VALID) {
      run.deleteNodeData();
    }
    return new Certificate.TrialEntry(
        trial.name(),
        trial.seed(),
        validity,
        judged.verdict().reason(),
        directory.relativize(run.path()).toString(),
        digest(run));
  }

  /** Of all that a verdict rests on. */
  static String digest(RunDirectory run) throws IOException {
    return Digests.of(List.of(run.experiment(), run.history(), run.faults(), run.topology()));
  }

  /** Those kinds of an experiment's faults that the target can inject. */
  private List<FaultKind> possible(Level.Trial trial) {
    List<String> wanted = List.of(trial.faults().split(","));
    return faults.kinds().stream()
        .filter(kind -> wanted.contains(kind.name()))
        .filter(kind -> target.capabilities().missingFor(kind).isEmpty())
        .toList();
  }

  private Experiment experiment(Level.Trial trial, Duration time) {
    PlannerOptions planner =
        new PlannerOptions(
            possible(trial),
            time,
            new ClusterShape(cluster.masters(), cluster.replicasPerMaster()),
            cluster.nodeTimeout(),
            Intensity.NORMAL);
    FaultPlan plan = FaultPlanner.plan(planner, new SplittableRandom(trial.seed()));
    Wiring wiring =
        plan.needs(Mechanism.LINK_PROXY, faults.kinds()) ? Wiring.PROXIED : Wiring.DIRECT;
    return new Experiment(
        trial.name(),
        target.name(),
        cluster.withWiring(wiring),
        workload.name(),
        WorkloadOptions.DEFAULT,
        new Traffic(CLIENTS, OptionalDouble.of(RATE), OPERATION),
        plan,
        Contract.REDIS_CLUSTER,
        trial.seed(),
        time,
        RECOVERY);
  }
}
