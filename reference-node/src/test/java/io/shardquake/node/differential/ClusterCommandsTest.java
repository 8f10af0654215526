package io.shardquake.node.differential;

/** CLUSTER, and what a cluster refuses, generated. */
final class ClusterCommandsTest extends GeneratedCommands {
  ClusterCommandsTest() {
    super("cluster.txt");
  }
}
