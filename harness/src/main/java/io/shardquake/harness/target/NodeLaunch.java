package io.shardquake.harness.target;

import io.shardquake.harness.cluster.NodeAddress;
import java.nio.file.Path;
import java.util.List;

/**
 * How a node's process is started, and started again.
 *
 * @param node the harness's name of the node
 * @param place where it will answer
 * @param command executable and arguments
 * @param directory that it works in, its own
 * @param log file that its output is added to
 */
record NodeLaunch(String node, NodePlace place, List<String> command, Path directory, Path log) {
  NodeLaunch {
    command = List.copyOf(command);
  }

  /** Where the node itself answers, whatever stands before it. */
  NodeAddress address() {
    return place.own();
  }
}
