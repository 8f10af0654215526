package io.shardquake.node.differential;

/** Hashes, generated. */
final class HashCommandsTest extends GeneratedCommands {
  HashCommandsTest() {
    super("hashes.txt");
  }
}
