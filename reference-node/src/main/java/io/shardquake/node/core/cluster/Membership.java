package io.shardquake.node.core.cluster;

import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.bus.Header;
import io.shardquake.node.core.bus.MessageType;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Who belongs to the cluster: meeting, learning real names and addresses, forgetting. */
final class Membership {
  private static final long FORGOTTEN_MILLIS = 60_000;
  private static final int ID_LENGTH = 40;

  private final ClusterState state;
  private final ClusterBus bus;
  private final ReplicationRole replication;
  private final Randomness random;
  private final LongSupplier now;

  Membership(
      ClusterState state,
      ClusterBus bus,
      ReplicationRole replication,
      Randomness random,
      LongSupplier now) {
    this.state = state;
    this.bus = bus;
    this.replication = replication;
    this.random = random;
    this.now = now;
  }

  /** Begins a handshake with an address, unless one with it is under way (CLUSTER MEET). */
  void meet(String ip, int port, int busPort) {
    for (ClusterNode node : state.nodes().values()) {
      if (node.is(NodeFlag.HANDSHAKE) && node.hasAddress(ip, port, busPort)) {
        return;
      }
    }
    addHandshake(ip, port, 0, busPort).set(NodeFlag.MEET);
  }

  /** An unknown node has sent MEET: it becomes a member as soon as its name is confirmed. */
  void met(ClusterLink link, Header header) {
    String ip = header.announcedIp().isEmpty() ? link.peerIp() : header.announcedIp();
    addHandshake(ip, header.port(), header.plainPort(), header.busPort());
  }

  private ClusterNode addHandshake(String ip, int port, int plainPort, int busPort) {
    ClusterNode node =
        new ClusterNode(random.hex(ID_LENGTH), NodeFlag.HANDSHAKE.bit(), now.getAsLong());
    node.address(ip, port, plainPort, busPort);
    state.nodes().put(node.id(), node);
    return node;
  }

  /** The known node that a message comes from. */
  Optional<ClusterNode> sender(ClusterLink link, Header header) {
    Optional<ClusterNode> byLink =
        link.node().filter(node -> !node.is(NodeFlag.HANDSHAKE)).filter(n -> link.isInbound());
    if (byLink.isPresent()) {
      return byLink;
    }
    Optional<ClusterNode> known = state.known(header.sender()).filter(node -> !node.isMyself());
    if (known.isPresent() && link.isInbound() && link.node().isEmpty()) {
      ClusterNode node = known.get();
      // The newer connection is the living one.
      node.inbound().ifPresent(bus::close);
      link.identify(node);
      node.inbound(link);
    }
    return known;
  }

  /** Learns this node's own address from where a peer reached it. */
  void learnOwnAddress(ClusterLink link, boolean meeting) {
    ClusterNode me = state.myself();
    boolean announced = !state.configuration().text("cluster-announce-ip").isEmpty();
    String ip = link.localIp();
    if (!announced && !ip.isEmpty() && (meeting || me.ip().isEmpty()) && !ip.equals(me.ip())) {
      me.address(ip, me.port(), me.plainPort(), me.busPort());
      state.wantSave();
    }
  }

  /**
   * On a link that this node opened: confirms the peer's name.
   *
   * @return whether the message may be looked at further
   */
  boolean settleIdentity(ClusterLink link, Header header) {
    ClusterNode node = link.node().orElse(null);
    if (node == null) {
      return false;
    }
    if (node.is(NodeFlag.HANDSHAKE)) {
      return header.type() == MessageType.PONG && finishHandshake(link, node, header);
    }
    if (!node.id().equals(header.sender())) {
      node.set(NodeFlag.NOADDR);
      node.address("", 0, 0, 0);
      bus.close(link);
      state.wantSave();
      return false;
    }
    return true;
  }

  private boolean finishHandshake(ClusterLink link, ClusterNode node, Header header) {
    Optional<ClusterNode> known = state.known(header.sender());
    if (known.isPresent()) {
      updateAddress(link, known.get(), header);
      remove(node);
      return false;
    }
    state.nodes().remove(node.id());
    node.rename(header.sender());
    state.nodes().put(node.id(), node);
    node.clear(NodeFlag.HANDSHAKE);
    if (NodeFlag.MASTER.in(header.flags())) {
      node.set(NodeFlag.MASTER);
    }
    if (NodeFlag.REPLICA.in(header.flags())) {
      node.set(NodeFlag.REPLICA);
    }
    state.wantSave();
    return true;
  }

  /** Takes over where a known node says it can be reached. */
  void updateAddress(ClusterLink link, ClusterNode node, Header header) {
    if (node.outbound().orElse(null) == link) {
      return;
    }
    String ip = header.announcedIp().isEmpty() ? link.peerIp() : header.announcedIp();
    if (node.hasAddress(ip, header.port(), header.busPort())
        && node.plainPort() == header.plainPort()) {
      return;
    }
    node.address(ip, header.port(), header.plainPort(), header.busPort());
    node.outbound().ifPresent(bus::close);
    node.clear(NodeFlag.NOADDR);
    state.wantSave();
    if (state.myself().master().orElse(null) == node) {
      replication.follow(ip, header.port());
    }
  }

  /** Notes whether a node wants to be elected. */
  void copyNoFailover(ClusterNode node, Header header) {
    boolean wants = !NodeFlag.NOFAILOVER.in(header.flags());
    if (wants == node.is(NodeFlag.NOFAILOVER)) {
      if (wants) {
        node.clear(NodeFlag.NOFAILOVER);
      } else {
        node.set(NodeFlag.NOFAILOVER);
      }
      state.wantSave();
    }
  }

  /** Removes a handshake that takes too long; whether it did. */
  boolean expireHandshake(ClusterNode node) {
    long patience = Math.max(state.nodeTimeout(), 1000);
    if (node.is(NodeFlag.HANDSHAKE) && now.getAsLong() - node.createdAt() > patience) {
      remove(node);
      return true;
    }
    return false;
  }

  /** Removes a node, and keeps gossip from bringing it back for a minute (CLUSTER FORGET). */
  void forget(ClusterNode node) {
    state.forgottenUntil().put(node.id(), now.getAsLong() + FORGOTTEN_MILLIS);
    remove(node);
    state.wantSave();
    state.wantEvaluation();
  }

  /** Removes all other nodes (CLUSTER RESET). */
  void removeAllOthers() {
    for (ClusterNode node : state.allNodes()) {
      if (!node.isMyself()) {
        remove(node);
      }
    }
  }

  private void remove(ClusterNode node) {
    state.slots().forget(node);
    bus.closeAll(node);
    node.unfollow();
    for (ClusterNode replica : List.copyOf(node.replicas().values())) {
      replica.unfollow();
    }
    state.nodes().remove(node.id());
    for (ClusterNode other : state.nodes().values()) {
      other.failureReports().remove(node.id());
    }
  }
}
