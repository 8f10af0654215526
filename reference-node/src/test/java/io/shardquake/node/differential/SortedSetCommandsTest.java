package io.shardquake.node.differential;

/** Sorted sets, generated. */
final class SortedSetCommandsTest extends GeneratedCommands {
  SortedSetCommandsTest() {
    super("sortedsets.txt");
  }
}
