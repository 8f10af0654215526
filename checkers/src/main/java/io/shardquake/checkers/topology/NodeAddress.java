package io.shardquake.checkers.topology;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a node listens, as the second column of CLUSTER NODES has it: {@code
 * host:port@busPort,hostname,name=value…}, of which only host and port are always there.
 *
 * @param host IP address, IPv6 without brackets; empty while the node does not know its own
 * @param port clients' port; 0 if not known
 * @param busPort the cluster bus; {@code port + 10000} where an old server leaves it out
 * @param hostname announced name; empty if none
 * @param attributes what newer servers add, such as {@code shard-id}
 */
public record NodeAddress(
    String host, int port, int busPort, String hostname, Map<String, String> attributes) {
  private static final int BUS_PORT_OFFSET = 10_000;

  public NodeAddress {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /**
   * Reads the column.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static NodeAddress parse(String text) {
    String[] parts = text.split(",", -1);
    String endpoint = parts[0];
    int at = endpoint.lastIndexOf('@');
    String plain = at < 0 ? endpoint : endpoint.substring(0, at);
    int colon = plain.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("'" + text + "' is no address: it has no port");
    }
    int port = port(plain.substring(colon + 1), text);
    int busPort = at < 0 ? port + BUS_PORT_OFFSET : port(endpoint.substring(at + 1), text);
    String hostname = "";
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals >= 0) {
        attributes.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
      } else if (i == 1) {
        hostname = parts[i];
      }
    }
    return new NodeAddress(plain.substring(0, colon), port, busPort, hostname, attributes);
  }

  private static int port(String digits, String address) {
    try {
      int port = Integer.parseInt(digits);
      if (port >= 0 && port <= 0xffff) {
        return port;
      }
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          "'" + address + "' is no address: '" + digits + "' is no port", notANumber);
    }
    throw new IllegalArgumentException(
        "'" + address + "' is no address: port " + digits + " is out of range");
  }
}
