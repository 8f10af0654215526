package io.shardquake.harness.cli;

import io.shardquake.harness.campaign.DefectHunt;
import io.shardquake.harness.campaign.SeedRange;
import io.shardquake.harness.sim.SetupText;
import io.shardquake.harness.sim.SimSetup;
import io.shardquake.harness.sim.Simulation;
import io.shardquake.harness.sim.Swarm;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code shardquake sim}: whole experiments in virtual time. */
@Command(
    name = "sim",
    description = "Simulates clusters under faults in virtual time; a seed is the whole run.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SimCommand implements Callable<Integer> {
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
      names = "--hunt",
      description =
          "Give nodes the known defects (or those that --defect names) one after the other, and"
              + " look for each with --seeds: a table of how soon it is found.")
  boolean hunt;

  @Option(
      names = "--finds",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "With --hunt: go on to the next defect when so many seeds have found it. (Default:"
              + " ${DEFAULT-VALUE}.)")
  int finds;

  @Option(
      names = "--limit",
      paramLabel = "TIME",
      defaultValue = "5m",
      converter = DurationConverter.class,
      description =
          "With --hunt: the most processor time to spend on a defect. (Default: ${DEFAULT-VALUE}.)")
  Duration limit = Duration.ZERO;

  @Mixin final SimOptions options = new SimOptions();

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

  @Option(
      names = "--trace",
      description = "Write everything that nodes are told and do to logs/trace.log.")
  boolean trace;

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
    Swarm swarm = options.swarm();
    Simulation simulation = options.simulation();
    if (seed.isPresent()) {
      SimSetup setup = swarm.draw(seed.get());
      console.err().print(SetupText.of(setup));
      return new SimSession(console, shardquake.debug, root, trace)
          .run(
              setup,
              simulation,
              Catalogue.workload(setup.experiment().workload()),
              options.again(seed.get()),
              new VerdictOutput(console, json));
    }
    if (hunt) {
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      DefectHunt each =
          new DefectHunt(simulation, threads::getCurrentThreadCpuTime, finds, limit.toNanos());
      return new HuntSession(console, each, jobs.orElse(Runtime.getRuntime().availableProcessors()))
          .run(range(seeds.get()), swarm, DefectNames.parse(options.defects));
    }
    return new CampaignSession(console, jobs.orElse(Runtime.getRuntime().availableProcessors()))
        .run(range(seeds.get()), simulation, swarm::draw, options::again);
  }

  private static SeedRange range(String text) throws UsageException {
    try {
      return SeedRange.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }
}
