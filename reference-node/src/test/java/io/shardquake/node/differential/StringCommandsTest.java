package io.shardquake.node.differential;

/** Strings, generated. */
final class StringCommandsTest extends GeneratedCommands {
  StringCommandsTest() {
    super("strings.txt");
  }
}
