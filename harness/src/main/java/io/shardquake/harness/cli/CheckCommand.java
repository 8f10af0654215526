package io.shardquake.harness.cli;

import io.shardquake.checkers.Limits;
import io.shardquake.harness.judge.JudgedRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shardquake check}: judges what was recorded, again. */
@Command(
    name = "check",
    description = {
      "Judges what was recorded: a run directory, by its own experiment; or a history, ours (JSON"
          + " Lines) or Jepsen's (.edn), for linearizability or the isolation of transactions."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CheckCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "FILE|RUN", description = "A history, or a run directory.")
  Path input = Path.of("");

  @Mixin final HistoryOptions history = new HistoryOptions();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long each checker may take. (Default: 10m.)")
  Optional<Duration> timeout = Optional.empty();

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = ByteSizeConverter.class,
      description =
          "How much memory each checker may take beside the history: 512m, 2g. (Default: half of"
              + " what this JVM may have.)")
  Optional<Long> memory = Optional.empty();

  @Option(names = "--json", description = "Print the verdict as JSON.")
  boolean json;

  CheckCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Limits limits = limits();
    JudgedRun judged =
        Files.isDirectory(input)
            ? judgeRun(limits)
            : new HistoryInput(input, history).judge(limits);
    return new VerdictOutput(console, json).print(judged);
  }

  private JudgedRun judgeRun(Limits limits) throws Exception {
    if (history.given()) {
      throw new UsageException(
          input
              + " is a run directory, which says itself what it is to be judged by: leave out"
              + " --model, --init, --independent and --algorithm");
    }
    return RunInput.judge(input, limits);
  }

  private Limits limits() throws UsageException {
    try {
      return new Limits(
          timeout.orElse(Limits.DEFAULT.time()), memory.orElse(Limits.DEFAULT.memoryBytes()));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }
}
