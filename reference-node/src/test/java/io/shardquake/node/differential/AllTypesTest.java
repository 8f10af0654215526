package io.shardquake.node.differential;

/** All types on the same keys, generated. */
final class AllTypesTest extends GeneratedCommands {
  AllTypesTest() {
    super("everything.txt");
  }
}
