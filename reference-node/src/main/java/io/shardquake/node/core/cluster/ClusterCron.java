package io.shardquake.node.core.cluster;

import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.bus.MessageType;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a node does ten times a second (Redis Cluster specification, "Heartbeat and gossip
 * messages").
 */
final class ClusterCron {
  private static final long PERIOD_MILLIS = 100;
  private static final int RANDOM_PING_EVERY = 10;
  private static final int RANDOM_PING_DRAWS = 5;

  private final ClusterState state;
  private final ClusterBus bus;
  private final Membership membership;
  private final Gossip gossip;
  private final FailureDetector failures;
  private final Election election;
  private final ManualFailover manual;
  private final ReplicaMigration migration;
  private final ReplicationRole replication;
  private final Randomness random;
  private final LongSupplier now;
  private long nextAt = Long.MIN_VALUE;
  private long iteration;

  ClusterCron(
      ClusterState state,
      ClusterBus bus,
      Membership membership,
      Gossip gossip,
      FailureDetector failures,
      Election election,
      ManualFailover manual,
      ReplicaMigration migration,
      ReplicationRole replication,
      Randomness random,
      LongSupplier now) {
    this.state = state;
    this.bus = bus;
    this.membership = membership;
    this.gossip = gossip;
    this.failures = failures;
    this.election = election;
    this.manual = manual;
    this.migration = migration;
    this.replication = replication;
    this.random = random;
    this.now = now;
  }

  /** Runs if its time has come. */
  void tick() {
    if (now.getAsLong() < nextAt) {
      return;
    }
    nextAt = now.getAsLong() + PERIOD_MILLIS;
    for (ClusterNode node : state.allNodes()) {
      connect(node);
    }
    if (iteration++ % RANDOM_PING_EVERY == 0) {
      oldestOfSome().ifPresent(node -> gossip.ping(node, MessageType.PING));
    }
    for (ClusterNode node : state.allNodes()) {
      watch(node);
    }
    followMaster();
    manual.expireIfDue();
    if (!state.myself().isMaster()) {
      election.step();
      migration.step();
    }
    if (!state.isOk()) {
      state.wantEvaluation();
    }
  }

  private void connect(ClusterNode node) {
    if (node.isMyself() || node.is(NodeFlag.NOADDR) || membership.expireHandshake(node)) {
      return;
    }
    if (node.outbound().isEmpty()) {
      bus.open(node);
    }
  }

  /** A link that this node opened is up: greets its peer. */
  void connected(ClusterLink link) {
    link.establish();
    link.node()
        .ifPresent(
            node -> {
              long unanswered = node.pingSent;
              gossip.ping(node, node.is(NodeFlag.MEET) ? MessageType.MEET : MessageType.PING);
              // A link that comes and goes must not restart the clock of failure detection.
              if (unanswered != 0) {
                node.pingSent = unanswered;
              }
              node.clear(NodeFlag.MEET);
            });
  }

  /** A link that this node opened could not be, or was lost. */
  void connectFailed(ClusterLink link) {
    link.node()
        .filter(node -> node.pingSent == 0 && !link.isEstablished())
        .ifPresent(node -> node.pingSent = now.getAsLong());
    bus.lost(link);
  }

  private Optional<ClusterNode> oldestOfSome() {
    List<ClusterNode> all = state.allNodes();
    @Nullable ClusterNode oldest = null;
    for (int i = 0; i < RANDOM_PING_DRAWS; i++) {
      ClusterNode node = all.get(random.below(all.size()));
      if (node.outbound().isEmpty()
          || node.pingSent != 0
          || node.isMyself()
          || node.is(NodeFlag.HANDSHAKE)) {
        continue;
      }
      if (oldest == null || node.pongReceived < oldest.pongReceived) {
        oldest = node;
      }
    }
    return Optional.ofNullable(oldest);
  }

  private void watch(ClusterNode node) {
    if (node.isMyself() || node.is(NodeFlag.NOADDR) || node.is(NodeFlag.HANDSHAKE)) {
      return;
    }
    long time = now.getAsLong();
    long half = state.nodeTimeout() / 2;
    ClusterLink link = node.outbound().orElse(null);
    if (link != null
        && time - link.createdAt() > state.nodeTimeout()
        && node.pingSent != 0
        && time - node.pingSent > half
        && time - node.dataReceived > half) {
      bus.close(link);
      link = null;
    }
    if (link != null && node.pingSent == 0 && time - node.pongReceived > half) {
      gossip.ping(node, MessageType.PING);
      return;
    }
    if (link != null && manual.requestedBy().orElse(null) == node) {
      gossip.ping(node, MessageType.PING);
      return;
    }
    if (node.pingSent != 0) {
      failures.suspectIfSilent(node);
    }
  }

  private void followMaster() {
    ClusterNode me = state.myself();
    if (!me.isMaster() && !replication.hasMaster()) {
      me.master()
          .filter(master -> !master.is(NodeFlag.NOADDR))
          .ifPresent(master -> replication.follow(master.ip(), master.port()));
    }
  }
}
