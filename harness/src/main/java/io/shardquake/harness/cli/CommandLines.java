package io.shardquake.harness.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** From arguments to an exit code. What goes wrong becomes one line on standard error. */
final class CommandLines {
  private final Console console;
  private final Shardquake shardquake = new Shardquake();

  private CommandLines(Console console) {
    this.console = console;
  }

  /** Carries out a command line; returns the exit code and never throws. */
  static int execute(Console console, String... arguments) {
    return new CommandLines(console).execute(arguments);
  }

  private int execute(String... arguments) {
    CommandLine line = new CommandLine(shardquake, new Commands(console, shardquake));
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(console.liveOut() ? Ansi.ON : Ansi.OFF));
    line.setParameterExceptionHandler(this::refuse);
    // The words of a node are directives, not options of this program.
    line.getSubcommands()
        .get("node")
        .setUnmatchedOptionsArePositionalParams(true)
        .setExpandAtFiles(false);
    line.setExecutionExceptionHandler((problem, command, parsed) -> report(problem, command));
    try {
      return line.execute(arguments);
    } catch (OutOfMemoryError e) {
      // Left to the JVM this would end in exit code 1, which says INVALID.
      console
          .err()
          .println(
              "shardquake: the heap is too small for this; what was recorded is kept. Allow more"
                  + " with SHARDQUAKE_JVM_OPTS=-Xmx4g, and judge the run again with check");
      return ExitCode.FAILURE.number();
    }
  }

  private int refuse(ParameterException problem, String... arguments) {
    String command = problem.getCommandLine().getCommandSpec().qualifiedName();
    console.err().println(command + ": " + firstLine(problem) + " (see " + command + " --help)");
    return ExitCode.USAGE.number();
  }

  private int report(Exception problem, CommandLine command) {
    Failure failure = Failure.of(problem);
    console
        .err()
        .println(command.getCommandSpec().qualifiedName() + ": " + failure.describe(problem));
    if (shardquake.debug) {
      problem.printStackTrace(console.err());
    }
    return failure.exitCode().number();
  }

  private static String firstLine(Exception problem) {
    return String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
  }
}
