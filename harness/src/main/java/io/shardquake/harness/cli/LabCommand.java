package io.shardquake.harness.cli;

import io.shardquake.faults.Capabilities;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.harness.cli.lab.LabDesks;
import io.shardquake.harness.experiment.Apparatus;
import io.shardquake.harness.experiment.Experiment;
import io.shardquake.harness.target.ClusterOptions;
import io.shardquake.harness.target.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

/** {@code shardquake lab}: a cluster under traffic that is broken by hand. */
@Command(
    name = "lab",
    description = {
      "Starts a cluster with traffic, shows it on a live screen, and takes orders: kill n1, pause"
          + " random-master, partition n2 for 5s, reshard, failover, heal, quit. Without a terminal"
          + " it reads orders from standard input, one a line. Takes the options of run; without"
          + " --faults or --plan nothing happens but what you order, without --time it lasts until"
          + " you quit, without --rate it is 200 operations a second. What you did becomes a plan"
          + " that 'run --plan' carries out again."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class LabCommand implements Callable<Integer> {
  private static final long SEEDS = 1_000_000_000L;
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final double RATE = 200;

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

  @Option(names = "--json", description = "Print the verdict as JSON.")
  boolean json;

  LabCommand(Console console, Shardquake shardquake) {
    this.console = console;
    this.shardquake = shardquake;
  }

  @Override
  public Integer call() throws Exception {
    Target target = Catalogue.target(options);
    Apparatus apparatus =
        new Apparatus(target, Catalogue.workload(options.workload), Catalogue.faults());
    List<FaultKind> kinds = apparatus.faults().kinds();
    Experiment experiment = experiment(target, kinds);
    return new RunSession(console, shardquake.debug, root, false)
        .run(
            experiment,
            apparatus,
            "./shardquake run --target " + options.target + " --plan runs/latest/plan.json",
            new VerdictOutput(console, json),
            LabDesks.watch(console, System.in, kinds, experiment.plan()));
  }

  private Experiment experiment(Target target, List<FaultKind> kinds) throws UsageException {
    if (options.faults.isEmpty() && options.plan.isEmpty()) {
      options.faults = Optional.of("none");
    }
    if (options.rate.isEmpty()) {
      options.rate = Optional.of(RATE);
    }
    if (!Objects.requireNonNull(spec).commandLine().getParseResult().hasMatchedOption("--time")) {
      options.time = LONGEST;
    }
    long seed = options.seed.orElseGet(() -> ThreadLocalRandom.current().nextLong(SEEDS));
    Capabilities capabilities = NetworkMeans.PROXY.on(target.capabilities());
    Experiment planned =
        new ExperimentSetup(options, kinds, capabilities, ClusterOptions.Wiring.PROXIED)
            .prepare(seed)
            .experiment();
    // Any fault may be ordered, those of links too.
    boolean proxied =
        kinds.stream()
            .filter(kind -> kind.needs().contains(Mechanism.LINKS))
            .anyMatch(kind -> capabilities.missingFor(kind).isEmpty());
    return proxied
        ? planned.withCluster(planned.cluster().withWiring(ClusterOptions.Wiring.PROXIED))
        : planned;
  }
}
