package io.shardquake.node.differential;

/** SORT, generated. */
final class SortCommandsTest extends GeneratedCommands {
  SortCommandsTest() {
    super("sort.txt");
  }
}
