package io.shardquake.harness.target;

import io.shardquake.harness.cluster.NodeAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * That an address is a run's own, also while nobody listens there because its node is down: another
 * run on this machine would take it for free, start a node of its own there, and the first run's
 * clients would write to it. Held by a port beside the address, which the kernel gives back with
 * the harness, however that ends.
 */
final class AddressClaim implements AutoCloseable {
  /** Beyond the ports of nodes, of proxies and of their buses. */
  private static final int OFFSET = 20_000;

  private final ServerSocket held;

  private AddressClaim(ServerSocket held) {
    this.held = held;
  }

  /** The port that is held for an address. */
  static NodeAddress port(NodeAddress address) {
    return new NodeAddress(address.host(), address.port() + OFFSET);
  }

  /**
   * @throws IOException if somebody else has claimed it
   */
  static AddressClaim of(NodeAddress address) throws IOException {
    NodeAddress port = port(address);
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(port.host()), port.port()), 1);
      return new AddressClaim(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    held.close();
  }
}
