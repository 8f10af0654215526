package io.shardquake.faults.network;

import java.net.InetAddress;

/**
 * A node behind the proxy. Node and proxy listen on the same address, which no other node has: it
 * is by this address that the proxy knows who opens a connection. The node must therefore open its
 * own connections from it (Redis: {@code bind-source-addr}), and announce the proxy's ports (Redis:
 * {@code cluster-announce-ip}, {@code -port}, {@code -bus-port}).
 *
 * @param name the harness's name of the node
 * @param address of the node and of the proxy before it
 * @param dataPort on which the node serves clients and replicas
 * @param busPort on which it serves the cluster bus
 * @param proxyDataPort on which the proxy stands for the data port
 * @param proxyBusPort on which the proxy stands for the bus port
 */
public record ProxiedNode(
    String name,
    InetAddress address,
    int dataPort,
    int busPort,
    int proxyDataPort,
    int proxyBusPort) {
  public ProxiedNode {
    if (name.equals(Direction.CLIENTS)) {
      throw new IllegalArgumentException("no node can be called '" + name + "'");
    }
  }
}
