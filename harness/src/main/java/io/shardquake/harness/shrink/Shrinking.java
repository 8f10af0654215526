package io.shardquake.harness.shrink;

import io.shardquake.checkers.Finding;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Operation;
import io.shardquake.checkers.history.Value;
import io.shardquake.faults.plan.Fault;
import io.shardquake.faults.plan.FaultPlan;
import io.shardquake.harness.campaign.Fingerprint;
import io.shardquake.harness.experiment.Experiment;
import io.shardquake.harness.sim.SimResult;
import io.shardquake.harness.sim.SimSetup;
import io.shardquake.harness.sim.Simulation;
import io.shardquake.harness.sim.run.World;
import io.shardquake.harness.sim.script.Script;
import io.shardquake.harness.sim.script.ScriptedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Makes a simulated failure smaller as long as it stays the same: first without what came after it
 * and what is asked of other keys, which makes all that follows cheap; then without most of the
 * faults, processes and requests, then with fewer nodes, a better world, shorter faults. The best
 * so far is always kept; a trial counts only if its fingerprint is that of the beginning.
 *
 * <p>What clients ask is written down first, as it was asked in the failing run: the workload draws
 * other requests as soon as anything else changes. Where the failure does not survive that (it may
 * need another turn of the traffic), only faults and circumstances are made smaller.
 */
public final class Shrinking {
  /** How much time is left before whatever comes first. */
  private static final Duration LEAD = Duration.ofMillis(500);

  /** How much longer to go on than until something was seen to have failed, the least first. */
  private static final List<Duration> AFTER_FAILURE =
      List.of(Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(8));

  private final Simulation simulation;
  private final Fingerprint wanted;
  private final Budget budget;
  private final Consumer<String> told;
  private SimSetup best;
  private SimResult seen;
  private int tried;

  /**
   * @param failing fails
   * @param seen what came of it
   * @param clock nanoseconds
   * @param time how long to search at most
   * @param trials how many simulations to spend at most
   * @param told a line about each step forward
   */
  public Shrinking(
      Simulation simulation,
      SimSetup failing,
      SimResult seen,
      LongSupplier clock,
      Duration time,
      int trials,
      Consumer<String> told) {
    this.simulation = simulation;
    this.best = failing;
    this.seen = seen;
    this.wanted =
        Fingerprint.of(seen.verdict())
            .orElseThrow(() -> new IllegalArgumentException("what does not fail cannot shrink"));
    this.budget = new Budget(clock, time, trials);
    this.told = told;
  }

  /** The smallest that was found. */
  public SimSetup run() {
    cutAfterFailure();
    halveTime();
    writeTrafficDown();
    keepWhatFailed();
    cutAfterFailure();
    shrinkFaults();
    cutAfterFailure();
    halveTime();
    shrinkWorkers();
    shrinkRequests();
    bringForward();
    Circumstances.shorter(best.experiment()).ifPresent(this::adopt);
    Circumstances.simpler(best.experiment()).forEach(this::adopt);
    adoptWorld();
    shrinkFaults();
    shortenFaults();
    cutAfterFailure();
    shrinkRequests();
    return best;
  }

  /** How many simulations were spent. */
  public int trials() {
    return tried;
  }

  private boolean fails(SimSetup candidate) {
    if (budget.isSpent()) {
      return false;
    }
    budget.spend();
    tried++;
    SimResult result = simulation.runUntilBroken(candidate);
    boolean same = Fingerprint.of(result.verdict()).filter(wanted::equals).isPresent();
    if (same) {
      best = candidate;
      seen = result;
      told.accept(size(candidate));
    }
    return same;
  }

  private static String size(SimSetup setup) {
    return setup.experiment().plan().faults().size()
        + " faults, "
        + setup.script().map(script -> script.requests().size() + " requests").orElse("all traffic")
        + ", "
        + setup.experiment().cluster().nodeCount()
        + " nodes, "
        + setup.experiment().time().toMillis()
        + " ms";
  }

  private void shrinkFaults() {
    List<Fault> faults = best.experiment().plan().faults();
    new DeltaDebugging(budget::isSpent)
        .minimize(faults, some -> fails(best.withPlan(new FaultPlan(some))));
  }

  /** What happens after a failure did not cause it. */
  private void cutAfterFailure() {
    long start = trafficStart();
    long failed = -1;
    for (Finding finding : Fingerprint.decisive(seen.verdict()).findings()) {
      failed = Math.max(failed, timeOf(finding));
    }
    for (Duration after : AFTER_FAILURE) {
      Duration end = Duration.ofNanos(Math.max(0, failed - start)).plus(after);
      boolean earlier = failed >= 0 && end.compareTo(best.experiment().time()) < 0;
      SimSetup cut = best.withExperiment(Circumstances.until(best.experiment(), end));
      if (earlier
          && fails(best.script().map(s -> cut.withScript(s.before(end.toNanos()))).orElse(cut))) {
        return;
      }
    }
  }

  private long trafficStart() {
    History history = seen.evidence().history();
    return history.size() == 0 ? 0 : history.invocationTimeNanos(0);
  }

  /** When what a finding tells was over; -1 if it does not say that. */
  private long timeOf(Finding finding) {
    if (finding.data().entries().get("time-nanos") instanceof Value.Int time) {
      return time.value();
    }
    Set<Long> proof = new TreeSet<>(finding.operations());
    long last = -1;
    for (Operation operation : seen.evidence().history()) {
      if (proof.contains(operation.invocation().index())) {
        last = Math.max(last, operation.invocation().timeNanos());
      }
    }
    return last;
  }

  private void writeTrafficDown() {
    Experiment experiment = best.experiment();
    History history = seen.evidence().history();
    long start = history.size() == 0 ? 0 : history.invocationTimeNanos(0);
    Script script =
        Script.of(history, experiment.traffic().concurrency(), start + experiment.time().toNanos());
    fails(best.withScript(script));
  }

  /** Most often the failure is one of a few objects, and what is asked of the others is not. */
  private void keepWhatFailed() {
    List<Finding> findings = Fingerprint.decisive(seen.verdict()).findings();
    Set<Long> proof = new TreeSet<>();
    findings.forEach(finding -> proof.addAll(finding.operations()));
    Set<Value> keys = new LinkedHashSet<>();
    for (Operation operation : seen.evidence().history()) {
      if (proof.contains(operation.invocation().index())) {
        keys.add(operation.invocation().key());
      }
    }
    if (best.script().isPresent() && !fails(best.withScript(new Script(List.of())))) {
      best.script().filter(script -> !keys.isEmpty()).ifPresent(script -> keepSome(script, keys));
    }
  }

  /** Processes one after the other, before single requests. */
  private void shrinkWorkers() {
    best.script()
        .ifPresent(
            script -> {
              Set<Integer> workers = new TreeSet<>();
              script.requests().forEach(request -> workers.add(request.worker()));
              new DeltaDebugging(budget::isSpent)
                  .minimize(
                      List.copyOf(workers),
                      some -> fails(best.withScript(script.by(new TreeSet<>(some)))));
            });
  }

  /** All of these keys, and then as few of them as do. */
  private void keepSome(Script script, Set<Value> keys) {
    if (fails(best.withScript(script.on(keys)))) {
      new DeltaDebugging(budget::isSpent)
          .minimize(
              List.copyOf(keys),
              some -> fails(best.withScript(script.on(new LinkedHashSet<>(some)))));
    }
  }

  /** Leaves out the time before anything happens. */
  private void bringForward() {
    Optional<Script> script = best.script();
    if (script.isEmpty()) {
      return;
    }
    Duration first = best.experiment().time();
    for (ScriptedRequest request : script.get().requests()) {
      first = earlier(first, Duration.ofNanos(request.atNanos()));
    }
    for (Fault fault : best.experiment().plan().faults()) {
      first = earlier(first, fault.at());
    }
    if (first.compareTo(LEAD) > 0) {
      Duration ahead = first.minus(LEAD);
      fails(
          best.withExperiment(Circumstances.earlierBy(best.experiment(), ahead))
              .withScript(script.get().earlierBy(ahead.toNanos())));
    }
  }

  private static Duration earlier(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  /** Half of the time, and half of that, as long as that is enough. */
  private void halveTime() {
    boolean shorter = true;
    while (shorter && best.experiment().time().compareTo(LEAD) > 0) {
      Duration half = best.experiment().time().dividedBy(2);
      SimSetup cut = best.withExperiment(Circumstances.until(best.experiment(), half));
      shorter = fails(best.script().map(s -> cut.withScript(s.before(half.toNanos()))).orElse(cut));
    }
  }

  private void shrinkRequests() {
    if (best.script().isEmpty()) {
      return;
    }
    List<ScriptedRequest> requests = best.script().get().requests();
    new DeltaDebugging(budget::isSpent)
        .minimize(requests, some -> fails(best.withScript(new Script(some))));
  }

  private void adopt(Circumstances.Change change) {
    fails(best.withExperiment(change.of(best.experiment())));
  }

  private void adoptWorld() {
    World world = best.world();
    if (!world.equals(World.GOOD)) {
      if (fails(best.withWorld(World.GOOD))) {
        return;
      }
      fails(
          best.withWorld(
              new World(
                  World.GOOD.network(),
                  world.machine(),
                  world.sampling(),
                  world.mostEvents(),
                  world.strays())));
    }
  }

  private void shortenFaults() {
    for (int i = 0; i < best.experiment().plan().faults().size(); i++) {
      boolean shorter = true;
      while (shorter && !budget.isSpent()) {
        List<Fault> faults = new ArrayList<>(best.experiment().plan().faults());
        Fault fault = faults.get(i);
        long half = fault.duration().toMillis() / 2;
        if (half == 0) {
          break;
        }
        faults.set(
            i,
            new Fault(
                fault.kind(),
                fault.on(),
                fault.at(),
                Duration.ofMillis(half),
                fault.draw(),
                fault.parameters()));
        shorter = fails(best.withPlan(new FaultPlan(faults)));
      }
    }
  }
}
