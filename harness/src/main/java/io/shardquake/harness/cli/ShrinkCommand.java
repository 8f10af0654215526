package io.shardquake.harness.cli;

import io.shardquake.faults.plan.FaultPlanJson;
import io.shardquake.harness.campaign.Fingerprint;
import io.shardquake.harness.shrink.JunitTestText;
import io.shardquake.harness.shrink.Reproduction;
import io.shardquake.harness.shrink.Shrinking;
import io.shardquake.harness.sim.SimResult;
import io.shardquake.harness.sim.SimSetup;
import io.shardquake.harness.sim.Simulation;
import io.shardquake.harness.store.RunDirectory;
import io.shardquake.workloads.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shardquake shrink}: the smallest simulation that still fails the same way. */
@Command(
    name = "shrink",
    description = {
      "Makes a failure smaller as long as it stays the same: fewer faults, fewer requests, fewer"
          + " nodes. Ends with a fault plan, everything that is needed to simulate it again, and a"
          + " JUnit test. A live run is simulated for that."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ShrinkCommand implements Callable<Integer> {
  private final Console console;
  private final Shardquake shardquake;

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "A run directory, such as runs/latest.")
  Optional<Path> run = Optional.empty();

  @Option(names = "--seed", paramLabel = "N", description = "A seed, as sim takes it.")
  Optional<Long> seed = Optional.empty();

  @Mixin final SimOptions options = new SimOptions();

  @Option(
      names = "--limit",
      paramLabel = "TIME",
      defaultValue = "2m",
      converter = DurationConverter.class,
      description = "How long to search at most. (Default: ${DEFAULT-VALUE}.)")
  Duration limit = Duration.ZERO;

  @Option(
      names = "--trials",
      paramLabel = "N",
      defaultValue = "3000",
      description = "How many simulations to spend at most. (Default: ${DEFAULT-VALUE}.)")
  int trials;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Where runs are kept. (Default: ${DEFAULT-VALUE}.)")
  Path root = Path.of("");

  ShrinkCommand(Console console, Shardquake shardquake) {
    this.console = console;
    this.shardquake = shardquake;
  }

  @Override
  public Integer call() throws Exception {
    if (run.isPresent() == seed.isPresent()) {
      throw new UsageException("name either a run directory or --seed N");
    }
    SimSetup setup;
    Simulation simulation;
    if (run.isPresent()) {
      Reproduction given = ReplayCommand.reproduction(run.get());
      setup = given.setup();
      simulation = given.simulation();
    } else {
      setup = options.swarm().draw(seed.orElseThrow());
      simulation = options.simulation();
    }
    SimResult seen = simulation.runUntilBroken(setup);
    Optional<Fingerprint> failure = Fingerprint.of(seen.verdict());
    if (failure.isEmpty()) {
      console.err().println("the simulation does not fail: there is nothing to make smaller");
      return ExitCode.VALID.number();
    }
    return shrink(setup, seen, simulation, failure.get());
  }

  private int shrink(SimSetup failing, SimResult seen, Simulation simulation, Fingerprint failure)
      throws Exception {
    console.err().println("fails with " + failure);
    Shrinking shrinking =
        new Shrinking(
            simulation,
            failing,
            seen,
            System::nanoTime,
            limit,
            trials,
            line -> console.err().println("  still fails with " + line));
    SimSetup smallest = shrinking.run();
    console.err().println("after " + shrinking.trials() + " simulations:");
    Workload workload = Catalogue.workload(smallest.experiment().workload());
    int exitCode =
        new SimSession(console, shardquake.debug, root, false)
            .run(
                smallest,
                simulation,
                workload,
                "./shardquake replay " + root.resolve(RunDirectory.LATEST),
                new VerdictOutput(console, false));
    Path directory = RunDirectory.open(root.resolve(RunDirectory.LATEST)).path();
    RunDirectory.writeWhole(
        directory.resolve("plan.json"), FaultPlanJson.write(smallest.experiment().plan()));
    RunDirectory.writeWhole(
        directory.resolve(JunitTestText.FILE), JunitTestText.of(directory, failure));
    console.err().println("the plan and a JUnit test are in " + directory);
    return exitCode;
  }
}
