package io.shardquake.harness.defects;

import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import io.shardquake.faults.plan.Fault;
import io.shardquake.harness.campaign.Fingerprint;
import io.shardquake.harness.experiment.Experiment;
import io.shardquake.harness.sim.SimResult;
import io.shardquake.harness.sim.SimSetup;
import io.shardquake.harness.sim.Simulation;
import io.shardquake.node.core.defect.Defect;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A situation in which a defect shows, and who notices.
 *
 * @param defect that every node has
 * @param by who is to find what
 * @param setup what is simulated, with that defect; the seed is that of the first run
 * @param seeds how many seeds, from that of {@code setup} on, the times are measured with
 * @param quick whether every build plays it
 */
record DefectRow(Defect defect, Fingerprint by, SimSetup setup, int seeds, boolean quick) {
  private static final String INVARIANTS = "invariants";

  /** Where a finding tells the time at which the last thing happened that it rests on. */
  private static final List<String> TIMES = List.of("time-nanos", "endNanos", "timeNanos");

  /** The same situation with another seed. */
  SimSetup withSeed(long seed) {
    Experiment one = setup.experiment();
    return setup.withExperiment(
        new Experiment(
            one.name(),
            one.target(),
            one.cluster(),
            one.workload(),
            one.workloadOptions(),
            one.traffic(),
            one.plan(),
            one.contract(),
            seed,
            one.time(),
            one.recoveryBound()));
  }

  /** The seeds that the times are measured with. */
  List<Long> allSeeds() {
    long first = setup.experiment().seed();
    return Stream.iterate(first, seed -> seed + 1).limit(seeds).toList();
  }

  /** The same situation among nodes without any defect. */
  SimSetup withoutDefect(long seed) {
    SimSetup whole = withSeed(seed);
    return whole.withCluster(whole.experiment().cluster().withDefects(Set.of()));
  }

  /** Plays it; a broken invariant ends the run at once if that is what the row is about. */
  SimResult play(Simulation simulation, long seed) {
    return by.checker().equals(INVARIANTS)
        ? simulation.runUntilBroken(withSeed(seed))
        : simulation.run(withSeed(seed));
  }

  /** When what the row names was found first; empty if it was not. */
  Optional<Sighting> sighting(SimResult result) {
    History history = result.evidence().history();
    long begun = history.size() == 0 ? 0 : history.invocationTimeNanos(0);
    return leaves(result.verdict())
        .filter(verdict -> verdict.checker().equals(by.checker()))
        .flatMap(verdict -> verdict.findings().stream())
        .filter(finding -> finding.kind().equals(by.anomaly()))
        .filter(finding -> finding.severity() == Finding.Severity.VIOLATION)
        .map(finding -> provenAt(finding, history).orElse(result.virtualNanos()))
        .min(Long::compare)
        .map(at -> new Sighting(at - begun, operations(history, at)));
  }

  static Stream<Verdict> leaves(Verdict verdict) {
    return verdict.parts().isEmpty()
        ? Stream.of(verdict)
        : verdict.parts().stream().flatMap(DefectRow::leaves);
  }

  private static Optional<Long> provenAt(Finding finding, History history) {
    Optional<Long> told =
        TIMES.stream()
            .map(finding.data().entries()::get)
            .flatMap(value -> value instanceof Value.Int number ? Stream.of(number) : Stream.of())
            .map(Value.Int::value)
            .findFirst();
    return told.or(
        () ->
            finding.operations().stream()
                .map(index -> completedAt(index, history))
                .max(Long::compare));
  }

  private static long completedAt(long index, History history) {
    int low = 0;
    int high = history.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (history.invocationIndex(middle) < index) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return history.isCompleted(low)
        ? history.completionTimeNanos(low)
        : history.invocationTimeNanos(low);
  }

  private static int operations(History history, long until) {
    int count = 0;
    while (count < history.size() && history.invocationTimeNanos(count) <= until) {
      count++;
    }
    return count;
  }

  /** Its name in tests. */
  @Override
  public String toString() {
    return defect + " by " + by + " (" + setup.experiment().workload() + ")";
  }

  /** What came of its seeds as a line of a Markdown table, with its end. */
  String line(List<Sighting> found) {
    return String.format(
        Locale.ROOT,
        "| `%s` | %s | %s | `%s` | %d of %d | %s |%n",
        defect,
        setup.experiment().workload(),
        faults(),
        by,
        found.size(),
        seeds,
        found.isEmpty() ? "–" : Sighting.median(found).words());
  }

  /** Whether an administrator takes epochs without a vote, and moves slots meanwhile. */
  boolean breaksEpochs() {
    List<Fault> faults = setup.experiment().plan().faults();
    return faults.stream().anyMatch(fault -> fault.parameters().containsValue("takeover"))
        && faults.stream().anyMatch(fault -> fault.kind().equals("reshard"));
  }

  /** The kinds of fault in its plan, in their order, each once. */
  private String faults() {
    List<String> kinds =
        setup.experiment().plan().faults().stream().map(fault -> fault.kind()).distinct().toList();
    return kinds.isEmpty() ? "none" : String.join(", ", kinds);
  }
}
