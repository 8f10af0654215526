package io.shardquake.harness.cli;

import io.shardquake.checkers.Limits;
import io.shardquake.harness.judge.JudgedRun;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shardquake report}: renders a run again. */
@Command(
    name = "report",
    description = "Judges a run directory again and writes its reports anew.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "RUN", description = "A run directory, such as runs/latest.")
  Path run = Path.of("");

  @Option(names = "--json", description = "Print the verdict as JSON.")
  boolean json;

  ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    VerdictOutput output = new VerdictOutput(console, json);
    JudgedRun judged = RunInput.judge(run, Limits.DEFAULT);
    output.write(judged, run);
    return output.print(judged);
  }
}
