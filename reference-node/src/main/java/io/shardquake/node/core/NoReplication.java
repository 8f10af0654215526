package io.shardquake.node.core;

import io.shardquake.node.core.cluster.ReplicationRole;

/** The role of a node that replicates to nobody and follows nobody: a master on its own. */
final class NoReplication implements ReplicationRole {
  @Override
  public void follow(String host, int port) {}

  @Override
  public void lead() {}

  @Override
  public long offset() {
    return 0;
  }

  @Override
  public boolean isLinkUp() {
    return false;
  }

  @Override
  public long lastContact() {
    return 0;
  }

  @Override
  public boolean hasMaster() {
    return false;
  }

  @Override
  public void holdWritesUntil(long unixMillis) {}
}
