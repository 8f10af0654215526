package io.shardquake.faults.network;

/**
 * Bytes that go from one end to another on one plane, in whichever connections, whoever opened
 * them.
 *
 * <p>A pair of nodes has two connections on the bus, one opened by each, and what one node says may
 * travel on either. To cut one direction of the pair is therefore to cut one direction of both
 * connections: cutting only the connection that one of them opened makes no node suspect the other.
 *
 * @param from who sends: a node's name, or {@link #CLIENTS}
 * @param to who receives: a node's name, or {@link #CLIENTS}
 */
public record Direction(String from, String to, Plane plane) {
  /** All that are not nodes. */
  public static final String CLIENTS = "clients";

  /** The way back. */
  public Direction reversed() {
    return new Direction(to, from, plane);
  }
}
