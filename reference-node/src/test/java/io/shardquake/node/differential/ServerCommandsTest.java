package io.shardquake.node.differential;

/** Connections and the server, generated. */
final class ServerCommandsTest extends GeneratedCommands {
  ServerCommandsTest() {
    super("server.txt");
  }
}
