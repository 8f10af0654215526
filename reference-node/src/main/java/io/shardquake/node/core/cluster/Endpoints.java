package io.shardquake.node.core.cluster;

import io.shardquake.node.core.config.Configuration;

/** By what name clients are sent to a node ({@code cluster-preferred-endpoint-type}). */
final class Endpoints {
  private Endpoints() {}

  /** The name as in redirections; empty where it is to stay unknown. */
  static String text(Configuration configuration, ClusterNode node) {
    return switch (configuration.text("cluster-preferred-endpoint-type")) {
      case "hostname" -> node.hostname().isEmpty() ? "?" : node.hostname();
      case "unknown-endpoint" -> "";
      default -> node.ip();
    };
  }

  /**
   * The port that a client is sent to.
   *
   * @param secure whether the client speaks TLS
   */
  static int port(Configuration configuration, ClusterNode node, boolean secure) {
    boolean plain = configuration.yes("tls-cluster") && !secure && node.plainPort() != 0;
    return plain ? node.plainPort() : node.port();
  }
}
