package io.shardquake.node.differential;

/** Keys and expiry, generated. */
final class KeyCommandsTest extends GeneratedCommands {
  KeyCommandsTest() {
    super("keys.txt");
  }
}
