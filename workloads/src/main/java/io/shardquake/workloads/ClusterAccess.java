package io.shardquake.workloads;

import java.time.Duration;
import java.util.List;

/**
 * How clients find a cluster.
 *
 * @param nodes every node that is known beforehand; at least one. Clients learn of others from the
 *     cluster and call them {@code host:port}
 * @param operationTimeout bound on one operation, redirections included
 */
public record ClusterAccess(List<Node> nodes, Duration operationTimeout) {
  /**
   * A node as the harness knows it.
   *
   * @param name the harness's name ({@code n1})
   * @param host address that clients connect to, as the node announces it
   * @param port for clients
   */
  public record Node(String name, String host, int port) {}

  public ClusterAccess {
    nodes = List.copyOf(nodes);
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("a cluster has at least one node");
    }
    if (operationTimeout.isZero() || operationTimeout.isNegative()) {
      throw new IllegalArgumentException(
          "the operation time-out must be positive: " + operationTimeout);
    }
  }
}
