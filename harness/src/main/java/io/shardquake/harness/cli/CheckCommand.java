package io.shardquake.harness.cli;

import io.shardquake.checkers.Limits;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shardquake check}: judges what was recorded, again. */
@Command(
    name = "check",
    description = "Judges a run directory again, or a history.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "FILE|RUN", description = "A history, or a run directory.")
  Path input = Path.of("");

  @Option(names = "--json", description = "Print the verdict as JSON.")
  boolean json;

  CheckCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    return new VerdictOutput(console, json).print(RunInput.judge(input, Limits.DEFAULT));
  }
}
