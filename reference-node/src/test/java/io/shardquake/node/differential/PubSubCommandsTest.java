package io.shardquake.node.differential;

/** Publish and subscribe, generated. */
final class PubSubCommandsTest extends GeneratedCommands {
  PubSubCommandsTest() {
    super("pubsub.txt");
  }
}
