package io.shardquake.harness.experiment;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.faults.live.LiveScheduler;
import io.shardquake.faults.nemesis.Bounds;
import io.shardquake.faults.nemesis.HealReport;
import io.shardquake.faults.nemesis.PlanNemesis;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.Readiness;
import io.shardquake.harness.interpreter.LiveInterpreter;
import io.shardquake.harness.interpreter.RunClock;
import io.shardquake.harness.interpreter.StopSignal;
import io.shardquake.harness.sampler.TopologySampler;
import io.shardquake.harness.store.RunDirectory;
import io.shardquake.harness.store.StoreException;
import io.shardquake.harness.target.RunningCluster;
import io.shardquake.harness.target.TargetException;
import io.shardquake.workloads.ClusterAccess;
import io.shardquake.workloads.client.ClientFactory;
import io.shardquake.workloads.generator.Generator;
import io.shardquake.workloads.generator.RandomSource;
import io.shardquake.workloads.lettuce.LettuceTransports;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * One run of an experiment, from starting the cluster to stopping it:
 *
 * <pre>
 *   start ─► traffic + faults ─► heal ─► wait until whole ─► final reads ─► stop
 *              (safety)                        (liveness)
 * </pre>
 *
 * Everything that is learnt goes to the run directory, and nothing is judged here. Once the cluster
 * has been started it is healed and stopped whatever happens.
 */
public final class ExperimentRun {
  /** The kind of the event that tells whether the cluster became whole again. */
  public static final String RECOVERY = "recovery";

  private final Experiment experiment;
  private final Provenance provenance;
  private final Apparatus apparatus;
  private final RunDirectory directory;
  private final RunClock clock;
  private final StopSignal stop;
  private final RunObserver observer;

  /**
   * @param stop ends the traffic early; healing, recovery and final reads still follow
   * @param observer told how the run goes
   */
  public ExperimentRun(
      ExperimentRecord written,
      Apparatus apparatus,
      RunDirectory directory,
      RunClock clock,
      StopSignal stop,
      RunObserver observer) {
    this.experiment = written.experiment();
    this.provenance = written.provenance();
    this.apparatus = apparatus;
    this.directory = directory;
    this.clock = clock;
    this.stop = stop;
    this.observer = observer;
  }

  /**
   * Carries it out. To be called once.
   *
   * @throws TargetException if the cluster could not be started
   * @throws StoreException if something could not be recorded; what was recorded before is kept
   * @throws InterruptedException if this thread was interrupted; everything has been stopped
   */
  public void execute() throws TargetException, StoreException, InterruptedException {
    observer.phase(RunPhase.STARTING);
    try (RunRecorder recorder = RunRecorder.open(directory, stop)) {
      try (RunningCluster cluster =
          apparatus.target().start(experiment.cluster(), directory.path(), clock)) {
        ExperimentJson.write(
            new ExperimentRecord(
                experiment, provenance.withServer(cluster.serverDescription().toString())),
            directory.experiment());
        observe(cluster, recorder);
        observer.phase(RunPhase.STOPPING);
      }
      recorder.requireComplete();
    }
  }

  private void observe(RunningCluster cluster, RunRecorder recorder)
      throws StoreException, InterruptedException {
    ClusterAccess access = access(cluster);
    try (TopologySampler sampler =
            TopologySampler.start(cluster, TopologySampler.INTERVAL, recorder::sample);
        ClientFactory clients =
            LettuceTransports.clients(
                access, apparatus.workload().commands(experiment.workloadOptions()));
        LiveInterpreter interpreter = interpreter(clients, recorder)) {
      trafficUnderFaults(cluster, interpreter, recorder);
      recorder.requireComplete();
      observer.phase(RunPhase.RECOVERING);
      recorder.fault(recovery(cluster));
      observer.phase(RunPhase.FINAL_READS);
      Generator reads =
          apparatus.workload().finalGenerator(experiment.workloadOptions(), recorder.keys());
      // A wish to stop ended the traffic; these reads are what a verdict rests on.
      carryOut(interpreter, reads, experiment.recoveryBound(), new StopSignal(), recorder);
      recorder.fault(new DatasetComparison(cluster, clock).within(experiment.recoveryBound()));
      settle(cluster);
      sampler.sampleOnce().join();
    }
  }

  private ClusterAccess access(RunningCluster cluster) {
    return new ClusterAccess(
        cluster.endpoints().stream()
            .map(node -> new ClusterAccess.Node(node.name(), node.host(), node.port()))
            .toList(),
        experiment.traffic().operationTimeout());
  }

  private LiveInterpreter interpreter(ClientFactory clients, RunRecorder recorder) {
    return new LiveInterpreter(
        experiment.traffic().concurrency(),
        RandomSource.seeded(experiment.seed()).fork("generator"),
        clients,
        recorder,
        clock,
        experiment.traffic().drainBound(),
        observer);
  }

  private void trafficUnderFaults(
      RunningCluster cluster, LiveInterpreter interpreter, RunRecorder recorder) {
    ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    try {
      PlanNemesis nemesis =
          new PlanNemesis(
              experiment.plan(),
              apparatus.faults(),
              cluster,
              new LiveScheduler(thread, clock),
              Bounds.DEFAULT,
              event -> record(event, recorder));
      try {
        observer.phase(RunPhase.TRAFFIC);
        nemesis.start();
        observer.underWay(cluster, nemesis);
        carryOut(interpreter, traffic(), experiment.time(), stop, recorder);
      } finally {
        observer.phase(RunPhase.HEALING);
        HealReport report = nemesis.heal().toCompletableFuture().join();
        report.failures().forEach((node, why) -> observer.remark(node + " is not healed: " + why));
      }
    } finally {
      thread.shutdownNow();
    }
  }

  private void record(FaultEvent event, RunRecorder recorder) {
    observer.fault(event);
    recorder.fault(event);
  }

  private Generator traffic() {
    return experiment.traffic().paced(apparatus.workload().generator(experiment.workloadOptions()));
  }

  private void carryOut(
      LiveInterpreter interpreter,
      Generator generator,
      Duration time,
      StopSignal signal,
      RunRecorder recorder) {
    try {
      interpreter.run(generator, clock.getAsLong() + time.toNanos(), signal);
    } catch (IOException e) {
      recorder.historyFailed(e);
    }
  }

  /** Waits until the cluster is whole; tells in which way that ended. */
  private FaultEvent recovery(RunningCluster cluster) throws InterruptedException {
    long begun = clock.getAsLong();
    FaultEvent.Phase phase = FaultEvent.Phase.HEALED;
    String detail = "the cluster is whole";
    try {
      Readiness.await(experiment.recoveryBound(), () -> Wholeness.missing(views(cluster)));
    } catch (ClusterException e) {
      phase = FaultEvent.Phase.HEAL_FAILED;
      detail = e.getMessage();
      observer.remark("the cluster did not recover: " + detail);
    }
    long now = clock.getAsLong();
    return new FaultEvent(
        now,
        -1,
        phase,
        RECOVERY,
        cluster.nodes(),
        detail,
        new Value.Mapping(Map.of("nanos", Value.of(now - begun))));
  }

  /**
   * Waits until the cluster is whole once more, or the time is over: on a busy machine nodes may
   * have lost sight of each other during the final reads, and only what lasts is to be seen at the
   * end.
   */
  private void settle(RunningCluster cluster) throws InterruptedException {
    try {
      Readiness.await(experiment.recoveryBound(), () -> Wholeness.missing(views(cluster)));
    } catch (ClusterException e) {
      observer.remark("the cluster is not whole at the end: " + e.getMessage());
    }
  }

  private static List<TopologySample> views(RunningCluster cluster) {
    List<CompletableFuture<TopologySample>> asked =
        cluster.nodes().stream().map(node -> cluster.view(node).toCompletableFuture()).toList();
    return asked.stream().map(CompletableFuture::join).toList();
  }
}
