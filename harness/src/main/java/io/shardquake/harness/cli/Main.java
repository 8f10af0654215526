package io.shardquake.harness.cli;

import io.shardquake.node.server.NodeCommand;
import java.util.List;

/** Where the {@code shardquake} process begins. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    // A node is to start fast: its words are not read by the library that reads all others.
    boolean node = arguments.length > 0 && arguments[0].equals("node") && !asksForHelp(arguments);
    System.exit(
        node
            ? NodeCommand.run(List.of(arguments).subList(1, arguments.length))
            : CommandLines.execute(Console.ofProcess(), arguments));
  }

  private static boolean asksForHelp(String... arguments) {
    return List.of(arguments).contains("--help") || List.of(arguments).contains("-h");
  }
}
