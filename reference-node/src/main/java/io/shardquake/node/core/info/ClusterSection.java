package io.shardquake.node.core.info;

import io.shardquake.node.core.config.Configuration;

/** Whether cluster mode is on. */
final class ClusterSection implements InfoSection {
  private final Configuration configuration;

  ClusterSection(Configuration configuration) {
    this.configuration = configuration;
  }

  @Override
  public String name() {
    return "cluster";
  }

  @Override
  public void write(InfoText text) {
    text.field("cluster_enabled", configuration.yes("cluster-enabled"));
  }
}
