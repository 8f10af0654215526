package io.shardquake.workloads.cluster;

import io.shardquake.checkers.history.Attribution;
import java.util.List;

/** A node as clients know it. There is one instance for each endpoint of a cluster. */
final class ClusterNode {
  private final String name;
  private final Endpoint endpoint;
  private final Attribution direct;

  ClusterNode(String name, Endpoint endpoint) {
    this.name = name;
    this.endpoint = endpoint;
    this.direct = new Attribution(List.of(name), 0);
  }

  /** The harness's name of it, or {@code host:port} if the harness does not know it. */
  String name() {
    return name;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** The attribution of an operation that this node answered without any redirection. */
  Attribution direct() {
    return direct;
  }

  @Override
  public String toString() {
    return name;
  }
}
