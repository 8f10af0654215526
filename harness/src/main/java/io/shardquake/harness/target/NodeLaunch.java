package io.shardquake.harness.target;

import io.shardquake.harness.cluster.NodeAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a node's process is started, and started again.
 *
 * @param node the harness's name of the node
 * @param place where it will answer
 * @param command executable and arguments
 * @param environment what it finds in its environment beside what this process has there
 * @param directory that it works in, its own
 * @param log file that its output is added to
 */
record NodeLaunch(
    String node,
    NodePlace place,
    List<String> command,
    Map<String, String> environment,
    Path directory,
    Path log) {
  NodeLaunch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** Where the node itself answers the harness, whatever stands before it. */
  NodeAddress address() {
    return place.control();
  }
}
