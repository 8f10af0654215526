package io.shardquake.harness.cli;

import io.shardquake.checkers.Limits;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultSelection;
import io.shardquake.harness.campaign.SeedRange;
import io.shardquake.harness.sim.SetupText;
import io.shardquake.harness.sim.SimCapabilities;
import io.shardquake.harness.sim.SimSetup;
import io.shardquake.harness.sim.Simulation;
import io.shardquake.harness.sim.Swarm;
import io.shardquake.workloads.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code shardquake sim}: whole experiments in virtual time. */
@Command(
    name = "sim",
    description = "Simulates clusters under faults in virtual time; a seed is the whole run.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SimCommand implements Callable<Integer> {
  private static final long CHECKER_MEMORY = 256L << 20;
  private static final Duration CHECKER_TIME = Duration.ofMinutes(2);

  private final Console console;
  private final Shardquake shardquake;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Simulate this seed, and tell its story.")
  Optional<Long> seed = Optional.empty();

  @Option(
      names = "--seeds",
      paramLabel = "A-B",
      description = "Simulate these seeds, several at a time, and group what fails.")
  Optional<String> seeds = Optional.empty();

  @Option(
      names = "--time",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = DurationConverter.class,
      description = "How long the traffic lasts, in virtual time. (Default: ${DEFAULT-VALUE}.)")
  Duration time = Duration.ZERO;

  @Option(
      names = "--recovery",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = DurationConverter.class,
      description =
          "How long the cluster may take to be whole again when all faults are healed. (Default:"
              + " ${DEFAULT-VALUE}.)")
  Duration recovery = Duration.ZERO;

  @Option(
      names = "--workload",
      paramLabel = "NAME",
      defaultValue = "register",
      description = "What clients do. (Default: ${DEFAULT-VALUE}.)")
  String workload = "";

  @Option(
      names = "--faults",
      paramLabel = "KINDS",
      defaultValue = "any",
      description = "Kinds of fault to draw from, joined by commas. (Default: ${DEFAULT-VALUE}.)")
  String faults = "";

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "How many seeds at a time. (Default: one a processor.)")
  Optional<Integer> jobs = Optional.empty();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Where the run of a single seed is kept. (Default: ${DEFAULT-VALUE}.)")
  Path root = Path.of("");

  @Option(names = "--json", description = "Print the verdict of a single seed as JSON.")
  boolean json;

  SimCommand(Console console, Shardquake shardquake) {
    this.console = console;
    this.shardquake = shardquake;
  }

  @Override
  public Integer call() throws Exception {
    if (seed.isPresent() == seeds.isPresent()) {
      throw new UsageException("say either --seed N or --seeds A-B");
    }
    Workload chosen = Catalogue.workload(workload);
    Swarm swarm = new Swarm(workload, kinds(), time, recovery);
    Simulation simulation =
        new Simulation(chosen, Catalogue.faults(), new Limits(CHECKER_TIME, CHECKER_MEMORY));
    if (seed.isPresent()) {
      SimSetup setup = swarm.draw(seed.get());
      console.err().print(SetupText.of(setup));
      return new SimSession(console, shardquake.debug, root)
          .run(setup, simulation, chosen, again(seed.get()), new VerdictOutput(console, json));
    }
    return new CampaignSession(console, jobs.orElse(Runtime.getRuntime().availableProcessors()))
        .run(range(seeds.get()), simulation, swarm::draw, this::again);
  }

  private static SeedRange range(String text) throws UsageException {
    try {
      return SeedRange.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private List<FaultKind> kinds() throws UsageException {
    try {
      List<FaultKind> kinds =
          FaultSelection.parse(faults, Catalogue.faults().kinds()).on(SimCapabilities.ALL).kinds();
      if (kinds.isEmpty()) {
        throw new UsageException("a swarm needs at least one kind of fault to draw from");
      }
      return kinds;
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  /** A shell command that simulates a seed of this command again. */
  private String again(long number) {
    StringBuilder text = new StringBuilder("./shardquake sim --seed " + number);
    text.append(" --time ").append(time.toMillis()).append("ms");
    text.append(" --recovery ").append(recovery.toMillis()).append("ms");
    text.append(" --workload ").append(workload);
    text.append(" --faults ").append(faults);
    return text.toString();
  }
}
