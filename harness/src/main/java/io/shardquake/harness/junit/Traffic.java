package io.shardquake.harness.junit;

import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultLogWriter;
import io.shardquake.faults.injector.StandardFaults;
import io.shardquake.faults.plan.FaultPlan;
import io.shardquake.harness.experiment.Apparatus;
import io.shardquake.harness.experiment.Contract;
import io.shardquake.harness.experiment.Experiment;
import io.shardquake.harness.experiment.ExperimentJson;
import io.shardquake.harness.experiment.ExperimentRecord;
import io.shardquake.harness.experiment.ExperimentRun;
import io.shardquake.harness.experiment.Provenance;
import io.shardquake.harness.interpreter.RunClock;
import io.shardquake.harness.interpreter.StopSignal;
import io.shardquake.harness.judge.JudgedRun;
import io.shardquake.harness.judge.RunReview;
import io.shardquake.harness.store.RunDirectory;
import io.shardquake.harness.store.StoreException;
import io.shardquake.harness.target.ClusterOptions;
import io.shardquake.reports.HtmlReport;
import io.shardquake.reports.VerdictJson;
import io.shardquake.workloads.Workload;
import io.shardquake.workloads.WorkloadOptions;
import io.shardquake.workloads.generator.GeneratorEvent.Result;
import io.shardquake.workloads.register.RegisterWorkload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that read and write registers all over the key space while a test goes on, all that they
 * ask and are told recorded, and judged when the test wants it. Begins when it is injected.
 * Thread-safe.
 */
public final class Traffic {
  private static final Duration LONGEST = Duration.ofHours(2);
  private static final Duration RECOVERY = Duration.ofSeconds(90);
  private static final Duration OPERATION = Duration.ofSeconds(1);
  private static final int CLIENTS = 10;
  private static final double RATE = 300;

  private final Chaos chaos;
  private final RunDirectory directory;
  private final StopSignal stop = new StopSignal();
  private final AtomicLong succeeded = new AtomicLong();
  private final Workload workload = new RegisterWorkload();
  private final CompletableFuture<Void> run;
  private Optional<Verdict> verdict = Optional.empty();

  private Traffic(Chaos chaos, RunDirectory directory, CompletableFuture<Void> run) {
    this.chaos = chaos;
    this.directory = directory;
    this.run = run;
  }

  /** Begins. */
  static Traffic start(
      ChaosCluster cluster,
      ClusterOptions options,
      String target,
      Chaos chaos,
      long seed,
      Path root,
      RunClock clock)
      throws StoreException {
    RunDirectory directory = RunDirectory.create(root, "traffic", clock.start());
    CompletableFuture<Void> run = new CompletableFuture<>();
    Traffic traffic = new Traffic(chaos, directory, run);
    Experiment experiment =
        new Experiment(
            "traffic",
            target,
            options,
            traffic.workload.name(),
            WorkloadOptions.DEFAULT,
            new io.shardquake.harness.experiment.Traffic(
                CLIENTS, OptionalDouble.of(RATE), OPERATION),
            FaultPlan.EMPTY,
            Contract.REDIS_CLUSTER,
            seed,
            LONGEST,
            RECOVERY);
    ExperimentRecord written =
        new ExperimentRecord(
            experiment, new Provenance(clock.start(), "", "", Provenance.versionsHere()));
    ExperimentJson.write(written, directory.experiment());
    Apparatus apparatus =
        new Apparatus(
            new SharedCluster.Provider(target, cluster.running()),
            traffic.workload,
            StandardFaults.catalogue());
    ExperimentRun execution =
        new ExperimentRun(written, apparatus, directory, clock, traffic.stop, traffic::completed);
    Thread thread = new Thread(() -> execute(execution, run), "traffic");
    thread.setDaemon(true);
    thread.start();
    return traffic;
  }

  private static void execute(ExperimentRun execution, CompletableFuture<Void> run) {
    try {
      execution.execute();
      run.complete(null);
    } catch (Exception failure) {
      run.completeExceptionally(failure);
    }
  }

  private void completed(Result result, long nanos) {
    if (result == Result.OK) {
      succeeded.incrementAndGet();
    }
  }

  /** How many operations have succeeded so far. */
  public long succeeded() {
    return succeeded.get();
  }

  /** Where it is recorded. */
  public Path directory() {
    return directory.path();
  }

  /**
   * Ends it: heals all that the test has broken, waits until the cluster is whole, reads everything
   * that was written once more, and judges by the contract {@code redis-cluster}. Asked again it
   * says the same.
   *
   * @throws IllegalStateException if it could not be carried out or judged
   */
  public synchronized Verdict verdict() {
    if (verdict.isEmpty()) {
      chaos.healAll();
      end();
      verdict = Optional.of(judge());
    }
    return verdict.get();
  }

  /** What was judged; empty if the test has not asked for it. */
  synchronized Optional<Verdict> known() {
    return verdict;
  }

  /** Ends it without judging. */
  void end() {
    stop.raise();
    try {
      run.join();
    } catch (CompletionException failure) {
      throw new IllegalStateException(
          "the traffic could not be carried out: " + failure.getCause().getMessage(), failure);
    }
  }

  private Verdict judge() {
    try {
      addFaults();
      JudgedRun judged =
          RunReview.judge(
              directory, ExperimentJson.read(directory.experiment()), workload, Limits.DEFAULT);
      for (var report : List.of(new VerdictJson(), new HtmlReport())) {
        report.write(
            judged.summary(),
            judged.evidence(),
            judged.verdict(),
            directory.path().resolve(report.fileName()));
      }
      return judged.verdict();
    } catch (IOException | StoreException failure) {
      throw new IllegalStateException(
          "the traffic cannot be judged: " + failure.getMessage(), failure);
    }
  }

  /** What the test broke, beside what the run itself wrote down. */
  private void addFaults() throws IOException {
    Path file = directory.path().resolve("chaos.jsonl");
    try (FaultLogWriter writer = FaultLogWriter.create(file)) {
      for (FaultEvent event : chaos.events()) {
        writer.append(event);
      }
    }
    Files.write(directory.faults(), Files.readAllLines(file), StandardOpenOption.APPEND);
    Files.delete(file);
  }
}
