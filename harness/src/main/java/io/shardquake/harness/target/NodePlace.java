package io.shardquake.harness.target;

import io.shardquake.harness.cluster.NodeAddress;

/**
 * Where a node listens, and where it tells others that it does: where a link proxy stands before
 * it, the two differ, and clients, replicas and the bus are to come through the proxy.
 *
 * @param own where the node itself listens; its bus port is {@link #BUS_OFFSET} higher
 * @param entrance where others are to connect to; its bus port is as much higher
 * @param control where the harness reaches the node itself, whatever goes wrong in the network
 */
record NodePlace(NodeAddress own, NodeAddress entrance, NodeAddress control) {
  /** From a data port to the bus port that belongs to it. */
  static final int BUS_OFFSET = 10_000;

  /** A node that everybody connects to without detour. */
  static NodePlace direct(NodeAddress own) {
    return new NodePlace(own, own, own);
  }

  /** A node that everybody but the harness itself connects to through a proxy. */
  static NodePlace proxied(NodeAddress own, NodeAddress entrance) {
    return new NodePlace(own, entrance, own);
  }

  /** A node before which a packet filter stands, which translates the control address. */
  static NodePlace filtered(NodeAddress own) {
    return new NodePlace(
        own, own, new NodeAddress(own.host().replaceFirst("^127\\.0\\.", "127.1."), own.port()));
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
