package io.shardquake.harness.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code shardquake} command. */
@Command(
    name = "shardquake",
    description = "Breaks Redis Clusters on purpose and judges what survives.",
    mixinStandardHelpOptions = true,
    version = "shardquake 0.1.0")
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}
