package io.shardquake.harness.sim.network;

/** Takes the connections that others open to an address. */
@FunctionalInterface
public interface Listener {
  /**
   * A connection came in.
   *
   * @param socket this end of it
   * @param remoteIp where from
   * @return who gets what arrives on it
   */
  Peer accept(Socket socket, String remoteIp);
}
