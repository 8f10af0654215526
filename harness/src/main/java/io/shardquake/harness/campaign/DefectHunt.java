package io.shardquake.harness.campaign;

import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.harness.sim.SimSetup;
import io.shardquake.harness.sim.Simulation;
import io.shardquake.node.core.defect.Defect;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/**
 * Gives nodes a defect and simulates one seed after the other until it has been found a few times:
 * how soon says what the swarm, the checkers and the invariants are worth.
 *
 * @param simulation what simulates
 * @param clock processor time of this thread, in nanoseconds
 * @param mostFinds after how many finds of a defect to be content
 * @param mostNanos how much processor time to spend on a defect at most
 */
public record DefectHunt(Simulation simulation, LongSupplier clock, int mostFinds, long mostNanos) {
  /**
   * Looks for one defect.
   *
   * @param setups what a seed stands for with that defect
   * @param stop looked at before each seed
   */
  public Detection hunt(
      Defect defect, SeedRange range, LongFunction<SimSetup> setups, BooleanSupplier stop) {
    List<Detection.Find> finds = new ArrayList<>();
    long begun = clock.getAsLong();
    long since = begun;
    long last = range.first() - 1;
    long seed = range.first();
    while (seed <= range.last()
        && finds.size() < mostFinds
        && clock.getAsLong() - begun < mostNanos
        && !stop.getAsBoolean()) {
      Verdict verdict = simulation.runUntilBroken(setups.apply(seed)).verdict();
      if (verdict.validity() == Validity.INVALID) {
        long now = clock.getAsLong();
        finds.add(
            new Detection.Find(
                seed, seed - last, Fingerprint.of(verdict).orElseThrow(), now - since));
        last = seed;
        since = now;
      }
      seed++;
    }
    return new Detection(defect, finds, seed - range.first(), clock.getAsLong() - begun);
  }
}
