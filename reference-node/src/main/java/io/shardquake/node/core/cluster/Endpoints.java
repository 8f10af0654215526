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
}
