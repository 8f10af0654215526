package io.shardquake.harness.target;

import io.shardquake.harness.cluster.NodeAddress;

/**
 * Where a node listens, and where it tells others that it does: where a link proxy stands before
 * it, the two differ, and clients, replicas and the bus are to come through the proxy.
 *
 * @param own where the node itself listens; its bus port is {@link #BUS_OFFSET} higher
 * @param entrance where others are to connect to; its bus port is as much higher
 */
record NodePlace(NodeAddress own, NodeAddress entrance) {
  /** From a data port to the bus port that belongs to it. */
  static final int BUS_OFFSET = 10_000;

  /** A node that everybody connects to without detour. */
  static NodePlace direct(NodeAddress own) {
    return new NodePlace(own, own);
  }

  boolean isProxied() {
    return !own.equals(entrance);
  }

  int busPort() {
    return own.port() + BUS_OFFSET;
  }

  int entranceBusPort() {
    return entrance.port() + BUS_OFFSET;
  }
}
