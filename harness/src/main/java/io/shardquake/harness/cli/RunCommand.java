package io.shardquake.harness.cli;

import io.shardquake.faults.Capabilities;
import io.shardquake.harness.experiment.Apparatus;
import io.shardquake.harness.experiment.Experiment;
import io.shardquake.harness.target.Target;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code shardquake run}: one experiment against a target. */
@Command(
    name = "run",
    description = "Starts a cluster, drives traffic through it, breaks it, and judges it.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RunCommand implements Callable<Integer> {
  /** Seeds that are made up are short enough to be typed again. */
  private static final long SEEDS = 1_000_000_000L;

  private final Console console;
  private final Shardquake shardquake;

  @Spec @Nullable CommandSpec spec;
  @Mixin final RunOptions options = new RunOptions();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Where runs are kept. (Default: ${DEFAULT-VALUE}.)")
  Path root = Path.of("");

  @Option(
      names = "--keep-data",
      description = "Keep the nodes' data also when the verdict is VALID.")
  boolean keepData;

  @Option(names = "--json", description = "Print the verdict as JSON.")
  boolean json;

  @Option(names = "--list-faults", description = "List the kinds of fault, and end.")
  boolean listFaults;

  RunCommand(Console console, Shardquake shardquake) {
    this.console = console;
    this.shardquake = shardquake;
  }

  @Override
  public Integer call() throws Exception {
    Target target = Catalogue.target(options);
    NetworkMeans network = NetworkMeans.parse(options.network);
    Capabilities capabilities = network.on(target.capabilities());
    if (listFaults) {
      console.out().print(NetworkMeans.listing() + "\n");
      console.out().print(Catalogue.faults().listing(capabilities));
      return ExitCode.VALID.number();
    }
    Optional<Integer> there = network.enter();
    if (there.isPresent()) {
      return there.get();
    }
    Apparatus apparatus =
        new Apparatus(target, Catalogue.workload(options.workload), Catalogue.faults());
    long seed = options.seed.orElseGet(() -> ThreadLocalRandom.current().nextLong(SEEDS));
    ExperimentSetup.Prepared prepared =
        new ExperimentSetup(options, apparatus.faults().kinds(), capabilities, network.wiring())
            .prepare(seed);
    prepared
        .skipped()
        .forEach((kind, why) -> console.err().println("without the fault " + kind + ": " + why));
    Experiment experiment = prepared.experiment();
    return new RunSession(console, shardquake.debug, root, keepData)
        .run(experiment, apparatus, again(seed), new VerdictOutput(console, json));
  }

  /** A shell command that runs the same experiment again. */
  private String again(long seed) {
    CommandSpec present = Objects.requireNonNull(spec);
    return CommandText.again(
        present.root().commandLine().getParseResult().originalArgs(),
        options.seed.isPresent() ? "" : "--seed " + seed);
  }
}
