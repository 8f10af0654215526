package io.shardquake.node.differential;

/** Lists, generated. */
final class ListCommandsTest extends GeneratedCommands {
  ListCommandsTest() {
    super("lists.txt");
  }
}
