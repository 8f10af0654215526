package io.shardquake.node.differential;

/** HyperLogLog, generated. */
final class HyperLogLogCommandsTest extends GeneratedCommands {
  HyperLogLogCommandsTest() {
    super("hyperloglog.txt");
  }
}
