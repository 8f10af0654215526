package io.shardquake.node.core.cluster;

import io.shardquake.node.core.ConnectionNumbers;
import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.bus.BusCodec;
import io.shardquake.node.core.bus.BusMessage;
import io.shardquake.node.core.bus.GossipEntry;
import io.shardquake.node.core.bus.Header;
import io.shardquake.node.core.bus.MessageType;
import io.shardquake.node.core.bus.SlotBitmap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** The links to other nodes, and what is sent on them. Not thread-safe. */
final class ClusterBus {
  private final ClusterState state;
  private final ReplicationRole replication;
  private final Outbox outbox;
  private final ConnectionNumbers numbers;
  private final LongSupplier now;
  private final Map<Long, ClusterLink> links = new TreeMap<>();
  private boolean paused;

  /**
   * A bus without links.
   *
   * @param now Unix milliseconds
   */
  ClusterBus(
      ClusterState state,
      ReplicationRole replication,
      Outbox outbox,
      ConnectionNumbers numbers,
      LongSupplier now) {
    this.state = state;
    this.replication = replication;
    this.outbox = outbox;
    this.numbers = numbers;
    this.now = now;
  }

  /** While set, headers say that this master is paused in a manual failover. */
  void announcePause(boolean yes) {
    this.paused = yes;
  }

  void accepted(long connection, String peerIp, String localIp) {
    links.put(connection, ClusterLink.accepted(connection, now.getAsLong(), peerIp, localIp));
  }

  Optional<ClusterLink> link(long connection) {
    return Optional.ofNullable(links.get(connection));
  }

  /** Opens a link to a node. */
  void open(ClusterNode node) {
    ClusterLink link = ClusterLink.opening(numbers.next(), now.getAsLong(), node);
    links.put(link.connection(), link);
    node.outbound(link);
    outbox.toNetwork(
        new Effect.Connect(
            link.connection(),
            node.ip(),
            node.busPort(),
            state.configuration().text("bind-source-addr"),
            state.configuration().yes("tls-cluster")));
  }

  /** Ends a link and forgets it; the node it belonged to stays. */
  void close(ClusterLink link) {
    outbox.toNetwork(new Effect.Close(link.connection()));
    lost(link);
  }

  /** Forgets a link that has ended. */
  void lost(ClusterLink link) {
    links.remove(link.connection());
    link.node()
        .ifPresent(
            node -> {
              if (node.outbound().orElse(null) == link) {
                node.outbound(null);
              }
              if (node.inbound().orElse(null) == link) {
                node.inbound(null);
              }
            });
  }

  /** Ends both links of a node. */
  void closeAll(ClusterNode node) {
    node.outbound().ifPresent(this::close);
    node.inbound().ifPresent(this::close);
  }

  /** Sends a message on a link. */
  void send(ClusterLink link, BusMessage message) {
    state.sent().merge(message.header().type(), 1L, Long::sum);
    outbox.toNetwork(new Effect.Send(link.connection(), BusCodec.encode(message)));
  }

  /** Sends a message on the link that this node opened to another; without one, it is dropped. */
  void send(ClusterNode node, BusMessage message) {
    node.outbound().filter(ClusterLink::isEstablished).ifPresent(link -> send(link, message));
  }

  /** Sends a message to every known node. */
  void broadcast(BusMessage message) {
    for (ClusterNode node : state.nodes().values()) {
      if (!node.isMyself() && !node.is(NodeFlag.HANDSHAKE)) {
        send(node, message);
      }
    }
  }

  BusMessage.Heartbeat heartbeat(MessageType type, List<GossipEntry> gossip) {
    return new BusMessage.Heartbeat(
        header(type, 0), gossip, state.configuration().text("cluster-announce-hostname"));
  }

  /** A header with all that this node says of itself. */
  Header header(MessageType type, int messageFlags) {
    ClusterNode me = state.myself();
    ClusterNode shard = state.myMaster().orElse(me);
    SlotBitmap slots = shard.slots().copy();
    int flags = messageFlags | (paused && me.isMaster() ? Header.PAUSED : 0);
    return new Header(
        type,
        me.port(),
        me.plainPort(),
        me.busPort(),
        state.currentEpoch,
        shard.configEpoch(),
        replication.offset(),
        me.id(),
        slots,
        me.master().map(ClusterNode::id).orElse(""),
        state.configuration().text("cluster-announce-ip"),
        me.flags(),
        !state.isOk(),
        flags);
  }
}
