package io.shardquake.workloads.cluster;

import java.util.Optional;

/**
 * Where a node listens for clients.
 *
 * @param host address or name, without brackets
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {
  private static final int MAX_PORT = 65535;

  public Endpoint {
    if (host.isEmpty() || port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("not an endpoint: " + host + ":" + port);
    }
  }

  /**
   * Reads {@code host:port}, split at the last colon because an IPv6 address has colons of its own.
   *
   * @param fallbackHost what an empty host stands for: that of the node which said so
   * @return nothing if it is not of that form, or if the host is {@code ?}, by which a node says
   *     that it does not know
   */
  static Optional<Endpoint> parse(String text, String fallbackHost) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    return of(host, text.substring(colon + 1), fallbackHost);
  }

  private static Optional<Endpoint> of(String host, String port, String fallbackHost) {
    if (host.equals("?") || port.isEmpty() || port.length() > 5) {
      return Optional.empty();
    }
    if (!port.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    int number = Integer.parseInt(port);
    if (number < 1 || number > MAX_PORT) {
      return Optional.empty();
    }
    return Optional.of(new Endpoint(host.isEmpty() ? fallbackHost : host, number));
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
