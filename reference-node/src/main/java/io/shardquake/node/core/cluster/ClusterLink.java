package io.shardquake.node.core.cluster;

import io.shardquake.node.core.bus.BusFramer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One connection of the bus. Not thread-safe. */
final class ClusterLink {
  private final long connection;
  private final long createdAt;
  private final boolean inbound;
  private final String peerIp;
  private final String localIp;
  private final BusFramer framer = new BusFramer();
  private @Nullable ClusterNode node;
  private boolean established;

  private ClusterLink(
      long connection, long createdAt, boolean inbound, String peerIp, String localIp) {
    this.connection = connection;
    this.createdAt = createdAt;
    this.inbound = inbound;
    this.peerIp = peerIp;
    this.localIp = localIp;
    this.established = inbound;
  }

  /** A connection that a peer opened; who it is, its first message tells. */
  static ClusterLink accepted(long connection, long nowMillis, String peerIp, String localIp) {
    return new ClusterLink(connection, nowMillis, true, peerIp, localIp);
  }

  /** A connection that this node opens to a peer. */
  static ClusterLink opening(long connection, long nowMillis, ClusterNode to) {
    ClusterLink link = new ClusterLink(connection, nowMillis, false, to.ip(), "");
    link.node = to;
    return link;
  }

  long connection() {
    return connection;
  }

  long createdAt() {
    return createdAt;
  }

  boolean isInbound() {
    return inbound;
  }

  /** The address at the other end. */
  String peerIp() {
    return peerIp;
  }

  /** This node's address as an inbound connection shows it; empty for outbound ones. */
  String localIp() {
    return localIp;
  }

  BusFramer framer() {
    return framer;
  }

  /** Who is at the other end, if that is known. */
  Optional<ClusterNode> node() {
    return Optional.ofNullable(node);
  }

  void identify(ClusterNode as) {
    this.node = as;
  }

  boolean isEstablished() {
    return established;
  }

  void establish() {
    this.established = true;
  }
}
