package io.shardquake.node.differential;

/** Streams and consumer groups, generated. */
final class StreamCommandsTest extends GeneratedCommands {
  StreamCommandsTest() {
    super("streams.txt");
  }
}
