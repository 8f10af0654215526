package io.shardquake.harness.cli.lab;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.faults.nemesis.PlanNemesis;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultPlan;
import io.shardquake.faults.plan.FaultPlanJson;
import io.shardquake.harness.cli.RunWatch;
import io.shardquake.harness.experiment.ExperimentJson;
import io.shardquake.harness.experiment.ExperimentRecord;
import io.shardquake.harness.experiment.RunPhase;
import io.shardquake.harness.interpreter.StopSignal;
import io.shardquake.harness.store.RunDirectory;
import io.shardquake.harness.store.StoreException;
import io.shardquake.harness.target.RunningCluster;
import io.shardquake.workloads.generator.GeneratorEvent.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Watches a run that somebody conducts by hand: opens the bench when the traffic begins, ends the
 * traffic when they quit, and leaves what they did as a plan. Thread-safe.
 */
public final class LabWatch implements RunWatch {
  /** The file of a run directory that the plan is in. */
  public static final String PLAN_FILE = "plan.json";

  private final LabDesk desk;
  private final List<FaultKind> kinds;
  private final ImprovisedPlan plan;
  private final LongSupplier clock;
  private final StopSignal stop;
  private final LabBench.Watching watching = new LabBench.Watching();
  private final AtomicReference<Optional<LabBench>> bench = new AtomicReference<>(Optional.empty());
  private volatile long trafficStart;
  private volatile long trafficEnd;

  LabWatch(
      LabDesk desk, List<FaultKind> kinds, FaultPlan planned, LongSupplier clock, StopSignal stop) {
    this.desk = desk;
    this.kinds = List.copyOf(kinds);
    this.plan = new ImprovisedPlan(planned);
    this.clock = clock;
    this.stop = stop;
  }

  @Override
  public void underWay(RunningCluster cluster, PlanNemesis nemesis) {
    LabBench opened = new LabBench(cluster, nemesis, kinds, plan, clock, watching);
    bench.set(Optional.of(opened));
    Thread thread = new Thread(() -> serve(opened), "lab");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(LabBench opened) {
    try {
      desk.serve(opened);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stop.raise();
    }
  }

  @Override
  public void phase(RunPhase begun) {
    switch (begun) {
      case TRAFFIC -> trafficStart = clock.getAsLong();
      case HEALING -> {
        trafficEnd = clock.getAsLong();
        bench.get().ifPresent(LabBench::end);
        desk.leave();
      }
      default -> {}
    }
    desk.tell(time(clock.getAsLong()) + "  " + begun);
  }

  @Override
  public void fault(FaultEvent event) {
    plan.observe(event);
    watching.fault(event);
    switch (event.phase()) {
      case BIT, MISSED, SKIPPED, HEALED, HEAL_FAILED ->
          desk.tell(
              String.format(
                  "%s  %s %s: %s",
                  time(event.timeNanos()),
                  event.kind(),
                  event.phase().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                  event.detail()));
      case INJECT, HEAL -> {}
    }
  }

  private static String time(long nanos) {
    return String.format(Locale.ROOT, "%5.1fs", nanos / 1e9);
  }

  @Override
  public void remark(String line) {
    desk.tell(line);
  }

  @Override
  public void completed(Result result, long nanos) {
    watching.completed(result, nanos);
  }

  @Override
  public void failed(String error) {
    watching.failed(error);
  }

  /** What was done by hand becomes the experiment's plan, so that it can be judged and repeated. */
  @Override
  public void recorded(RunDirectory directory) throws StoreException, IOException {
    ExperimentRecord written = ExperimentJson.read(directory.experiment());
    Duration lasted = Duration.ofMillis(Math.max(1, (trafficEnd - trafficStart) / 1_000_000));
    ExperimentJson.write(
        new ExperimentRecord(
            written.experiment().withPlan(plan.plan()).withTime(lasted), written.provenance()),
        directory.experiment());
    RunDirectory.writeWhole(directory.path().resolve(PLAN_FILE), FaultPlanJson.write(plan.plan()));
    desk.tell("what was done is in " + directory.path().resolve(PLAN_FILE));
  }

  @Override
  public void close() {
    bench.get().ifPresent(LabBench::end);
    desk.leave();
  }
}
