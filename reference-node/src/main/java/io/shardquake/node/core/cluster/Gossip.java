package io.shardquake.node.core.cluster;

import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.bus.BusMessage;
import io.shardquake.node.core.bus.GossipEntry;
import io.shardquake.node.core.bus.MessageType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What heartbeats tell about third nodes, and what is learned from it. */
final class Gossip {
  private static final long TOLERATED_FUTURE_MILLIS = 500;

  private final ClusterState state;
  private final ClusterBus bus;
  private final FailureDetector failures;
  private final Randomness random;
  private final LongSupplier now;

  Gossip(
      ClusterState state,
      ClusterBus bus,
      FailureDetector failures,
      Randomness random,
      LongSupplier now) {
    this.state = state;
    this.bus = bus;
    this.failures = failures;
    this.random = random;
    this.now = now;
  }

  /** Sends a PING or MEET on a node's outbound link; a PING starts the clock for its answer. */
  void ping(ClusterNode node, MessageType type) {
    node.outbound()
        .filter(ClusterLink::isEstablished)
        .ifPresent(
            link -> {
              bus.send(link, bus.heartbeat(type, entries()));
              if (type == MessageType.PING) {
                node.pingSent = now.getAsLong();
              }
            });
  }

  /** Sends a heartbeat on whatever link; starts no clock. */
  void send(ClusterLink link, MessageType type) {
    bus.send(link, bus.heartbeat(type, entries()));
  }

  /** Sends a PONG to every node, or to the replicas of this node's master only. */
  void broadcastPong(boolean onlyMyShard) {
    for (ClusterNode node : state.allNodes()) {
      if (node.isMyself() || node.is(NodeFlag.HANDSHAKE)) {
        continue;
      }
      if (onlyMyShard && !isMyShard(node)) {
        continue;
      }
      bus.send(node, bus.heartbeat(MessageType.PONG, entries()));
    }
  }

  private boolean isMyShard(ClusterNode node) {
    ClusterNode master = node.master().orElse(null);
    ClusterNode me = state.myself();
    return !node.isMaster() && (master == me || master == me.master().orElse(null));
  }

  /**
   * A tenth of the nodes, at least three, drawn at random; and all that this node holds to be
   * failing, so that reports of failures spread fast.
   */
  private List<GossipEntry> entries() {
    List<ClusterNode> all = state.allNodes();
    int fresh = all.size() - 2;
    int wanted = Math.min(Math.max(3, all.size() / 10), Math.max(fresh, 0));
    List<ClusterNode> chosen = new ArrayList<>();
    for (int draws = 3 * wanted; draws > 0 && fresh > 0 && chosen.size() < wanted; draws--) {
      ClusterNode node = all.get(random.below(all.size()));
      if (node.isMyself() || node.is(NodeFlag.PFAIL)) {
        continue;
      }
      boolean unreachable = node.outbound().isEmpty() && node.slots().count() == 0;
      if (node.is(NodeFlag.HANDSHAKE) || node.is(NodeFlag.NOADDR) || unreachable) {
        fresh--;
      } else if (!chosen.contains(node)) {
        chosen.add(node);
        fresh--;
      }
    }
    for (ClusterNode node : all) {
      if (node.is(NodeFlag.PFAIL) && !node.is(NodeFlag.HANDSHAKE) && !node.is(NodeFlag.NOADDR)) {
        chosen.add(node);
      }
    }
    return chosen.stream().map(Gossip::entry).toList();
  }

  private static GossipEntry entry(ClusterNode node) {
    return new GossipEntry(
        node.id(),
        node.pingSent / 1000,
        node.pongReceived / 1000,
        node.ip(),
        node.port(),
        node.busPort(),
        node.flags(),
        node.plainPort());
  }

  /** Learns from what a sender, if it is a known one, says about others. */
  void learn(Optional<ClusterNode> sender, BusMessage.Heartbeat heartbeat) {
    for (GossipEntry entry : heartbeat.gossip()) {
      ClusterNode node = state.nodes().get(entry.id());
      if (node != null) {
        learnAbout(node, sender, entry);
      } else if (sender.isPresent()
          && !NodeFlag.NOADDR.in(entry.flags())
          && !isForgotten(entry.id())) {
        add(entry);
      }
    }
  }

  private void learnAbout(ClusterNode node, Optional<ClusterNode> sender, GossipEntry entry) {
    boolean failing = NodeFlag.FAIL.in(entry.flags()) || NodeFlag.PFAIL.in(entry.flags());
    if (sender.isPresent() && sender.get().isMaster() && !node.isMyself()) {
      if (failing) {
        failures.reported(node, sender.get());
      } else {
        failures.withdrawn(node, sender.get());
      }
    }
    if (!failing && node.pingSent == 0 && failures.countReports(node) == 0) {
      long pong = entry.pongReceivedSeconds() * 1000;
      if (pong <= now.getAsLong() + TOLERATED_FUTURE_MILLIS && pong > node.pongReceived) {
        node.pongReceived = pong;
      }
    }
    boolean moved = !node.hasAddress(entry.ip(), entry.port(), entry.busPort());
    if (node.isFailing() && !failing && !NodeFlag.NOADDR.in(entry.flags()) && moved) {
      node.outbound().ifPresent(bus::close);
      node.address(entry.ip(), entry.port(), entry.plainPort(), entry.busPort());
      node.clear(NodeFlag.NOADDR);
    }
  }

  private void add(GossipEntry entry) {
    ClusterNode node = new ClusterNode(entry.id(), entry.flags(), now.getAsLong());
    node.clear(NodeFlag.MYSELF);
    node.address(entry.ip(), entry.port(), entry.plainPort(), entry.busPort());
    state.nodes().put(node.id(), node);
  }

  private boolean isForgotten(String id) {
    state.forgottenUntil().values().removeIf(until -> until < now.getAsLong());
    return state.forgottenUntil().containsKey(id);
  }
}
