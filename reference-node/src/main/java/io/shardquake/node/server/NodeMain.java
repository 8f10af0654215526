package io.shardquake.node.server;

import java.util.List;

/** Where the process of a node begins. */
public final class NodeMain {
  private NodeMain() {}

  /**
   * Runs a node from words like those of {@code redis-server}, and ends the process with its exit
   * code.
   */
  public static void main(String[] arguments) {
    System.exit(NodeCommand.run(List.of(arguments)));
  }
}
