package io.shardquake.harness.cluster;

/**
 * Where a node's clients connect to.
 *
 * @param host address or host name; IPv6 addresses without brackets
 * @param port 1 to 65535
 */
public record NodeAddress(String host, int port) {
  private static final int LAST_PORT = 65535;

  public NodeAddress {
    if (host.isEmpty() || port < 1 || port > LAST_PORT) {
      throw new IllegalArgumentException("not an address: '" + host + "' port " + port);
    }
  }

  /**
   * Reads {@code host:port}.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  public static NodeAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("'" + text + "' is not an address: write host:port");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      return new NodeAddress(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not an address: write host:port with a port from 1 to 65535", e);
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
