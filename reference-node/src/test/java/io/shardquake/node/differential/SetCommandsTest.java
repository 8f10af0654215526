package io.shardquake.node.differential;

/** Sets, generated. */
final class SetCommandsTest extends GeneratedCommands {
  SetCommandsTest() {
    super("sets.txt");
  }
}
