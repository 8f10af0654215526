package io.shardquake.harness.cli;

import io.shardquake.harness.experiment.Apparatus;
import io.shardquake.harness.experiment.Experiment;
import io.shardquake.harness.shrink.Reproduction;
import io.shardquake.harness.store.StoreException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shardquake replay}: the experiment of a run again, live or in virtual time. */
@Command(
    name = "replay",
    description = {
      "Runs the experiment of a run directory again, with the same fault plan: a simulated one in"
          + " virtual time, where it goes the same way to the byte; a live one against its target,"
          + " or in virtual time if asked."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ReplayCommand implements Callable<Integer> {
  private final Console console;
  private final Shardquake shardquake;

  @Parameters(paramLabel = "RUN", description = "A run directory, such as runs/latest.")
  Path run = Path.of("");

  @Option(names = "--sim", description = "Simulate it, also if it was a live run.")
  boolean simulate;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Where runs are kept. (Default: ${DEFAULT-VALUE}.)")
  Path root = Path.of("");

  @Option(names = "--json", description = "Print the verdict as JSON.")
  boolean json;

  ReplayCommand(Console console, Shardquake shardquake) {
    this.console = console;
    this.shardquake = shardquake;
  }

  @Override
  public Integer call() throws Exception {
    Reproduction again = reproduction(run);
    Experiment experiment = again.setup().experiment();
    VerdictOutput output = new VerdictOutput(console, json);
    String command = "./shardquake replay " + run + (simulate ? " --sim" : "");
    if (simulate || experiment.target().equals("sim")) {
      return new SimSession(console, shardquake.debug, root, false)
          .run(
              again.setup(),
              again.simulation(),
              Catalogue.workload(experiment.workload()),
              command,
              output);
    }
    Optional<Integer> there = NetworkMeans.of(experiment.cluster().wiring()).enter();
    if (there.isPresent()) {
      return there.get();
    }
    Apparatus apparatus =
        new Apparatus(
            Catalogue.target(experiment.target()),
            Catalogue.workload(experiment.workload()),
            Catalogue.faults());
    return new RunSession(console, shardquake.debug, root, false)
        .run(experiment, apparatus, command, output);
  }

  /**
   * What a run directory says.
   *
   * @throws UsageException if it is none
   */
  static Reproduction reproduction(Path run) throws UsageException {
    try {
      return Reproduction.read(run);
    } catch (StoreException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }
}
