package io.shardquake.harness.sim;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Verdict;
import io.shardquake.faults.nemesis.FaultCatalogue;
import io.shardquake.harness.experiment.Experiment;
import io.shardquake.harness.judge.RunReview;
import io.shardquake.harness.sim.invariant.Invariants;
import io.shardquake.harness.sim.node.Witness;
import io.shardquake.harness.sim.node.Witnesses;
import io.shardquake.harness.sim.run.Both;
import io.shardquake.harness.sim.run.EvidenceSink;
import io.shardquake.harness.sim.run.MemoryEvidence;
import io.shardquake.harness.sim.run.SimulatedRun;
import io.shardquake.harness.sim.script.ScriptedTraffic;
import io.shardquake.harness.sim.trace.RollingHash;
import io.shardquake.workloads.StandardWorkloads;
import io.shardquake.workloads.Workload;
import io.shardquake.workloads.generator.Generator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whole experiments in virtual time. A simulation runs on the thread that asks for it and shares
 * nothing with others, so that many can run beside each other.
 */
public final class Simulation {
  private final FaultCatalogue catalogue;
  private final Limits limits;

  /**
   * @param catalogue that has every kind of fault of what will be simulated
   * @param limits of each checker
   */
  public Simulation(FaultCatalogue catalogue, Limits limits) {
    this.catalogue = catalogue;
    this.limits = limits;
  }

  /** Runs and judges. */
  public SimResult run(SimSetup setup) {
    return run(setup, List.of(), Optional.empty());
  }

  /**
   * Runs and judges.
   *
   * @param witnesses see what nodes do
   * @param recording gets everything that is recorded, beside the checkers
   */
  public SimResult run(SimSetup setup, List<Witness> witnesses, Optional<EvidenceSink> recording) {
    return run(setup, witnesses, recording, Until.MUCH_IS_BROKEN);
  }

  /**
   * Runs until an invariant is broken, which is all that the verdict is about then; judges what was
   * recorded only if none is.
   */
  public SimResult runUntilBroken(SimSetup setup) {
    return run(setup, List.of(), Optional.empty(), Until.FIRST_BREACH);
  }

  /** When to stop before the end. */
  private enum Until {
    FIRST_BREACH,
    MUCH_IS_BROKEN
  }

  private SimResult run(
      SimSetup setup, List<Witness> witnesses, Optional<EvidenceSink> recording, Until until) {
    Experiment experiment = setup.experiment();
    Workload workload = StandardWorkloads.parse(experiment.workload());
    Generator traffic =
        setup
            .script()
            .<Generator>map(ScriptedTraffic::of)
            .orElseGet(
                () -> experiment.traffic().paced(workload.generator(experiment.workloadOptions())));
    RollingHash hash = new RollingHash();
    Invariants invariants = new Invariants(experiment);
    List<Witness> all = new ArrayList<>(List.of(hash, invariants));
    all.addAll(witnesses);
    MemoryEvidence sink = new MemoryEvidence();
    SimulatedRun run =
        new SimulatedRun(
            experiment,
            workload,
            traffic,
            setup.world(),
            catalogue,
            recording.<EvidenceSink>map(file -> new Both(sink, file)).orElse(sink),
            new Witnesses(all));
    boolean first = until == Until.FIRST_BREACH;
    SimulatedRun.Ending ending = run.execute(first ? invariants::isBroken : invariants::areBroken);
    Evidence evidence = sink.evidence();
    Verdict observed =
        Verdict.merge("observed", List.of(invariants.verdict(), EndingVerdict.of(ending)));
    Verdict verdict =
        first && invariants.isBroken()
            ? observed
            : RunReview.withObserved(
                RunReview.judgeOf(experiment, workload).judge(evidence, limits), observed);
    return new SimResult(
        ending, evidence, verdict, observed, hash.value(), run.events(), run.nowNanos());
  }
}
