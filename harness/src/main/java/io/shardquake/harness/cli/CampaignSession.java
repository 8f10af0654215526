package io.shardquake.harness.cli;

import io.shardquake.harness.campaign.Campaign;
import io.shardquake.harness.campaign.CampaignSummary;
import io.shardquake.harness.campaign.SeedOutcome;
import io.shardquake.harness.campaign.SeedRange;
import io.shardquake.harness.interpreter.StopSignal;
import io.shardquake.harness.sim.SimSetup;
import io.shardquake.harness.sim.Simulation;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Many seeds from the command line to the exit code.
 *
 * @param jobs how many at a time
 */
record CampaignSession(Console console, int jobs) {

  /**
   * Simulates, shows how it goes, and prints what fails.
   *
   * @param again the command that repeats a seed
   * @return the exit code
   */
  int run(
      SeedRange seeds,
      Simulation simulation,
      LongFunction<SimSetup> setups,
      LongFunction<String> again)
      throws UsageException, InterruptedException {
    if (jobs < 1) {
      throw new UsageException("at least one seed must run at a time, not " + jobs);
    }
    StopSignal stop = new StopSignal();
    Signals.raiseOnInterrupt(stop, console, "stopping after the seeds that are under way");
    long begun = System.nanoTime();
    CampaignProgress progress = new CampaignProgress(console, seeds.size());
    List<SeedOutcome> outcomes =
        new Campaign(simulation, setups, jobs)
            .run(seeds.first(), seeds.last(), stop::raised, progress::done);
    progress.close();
    CampaignSummary summary = new CampaignSummary(outcomes, System.nanoTime() - begun);
    console.out().print(summary.text(again));
    console.out().flush();
    return ExitCode.of(summary.validity()).number();
  }
}
