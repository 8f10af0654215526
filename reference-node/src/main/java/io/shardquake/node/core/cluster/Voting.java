package io.shardquake.node.core.cluster;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.bus.BusMessage;
import io.shardquake.node.core.bus.Header;
import io.shardquake.node.core.bus.MessageType;
import io.shardquake.node.core.defect.Defect;
import io.shardquake.node.core.keyspace.HashSlot;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How a master votes (Redis Cluster specification, "Masters reply to replica vote request"). */
final class Voting {
  private static final int SPACING_FACTOR = 2;

  private final ClusterState state;
  private final ClusterBus bus;
  private final Outbox outbox;
  private final LongSupplier now;

  Voting(ClusterState state, ClusterBus bus, Outbox outbox, LongSupplier now) {
    this.state = state;
    this.bus = bus;
    this.outbox = outbox;
    this.now = now;
  }

  /** A replica asks for a vote. Refusal is silence. */
  void requested(ClusterNode candidate, Header request) {
    if (!state.myself().isVoter()) {
      return;
    }
    Optional<String> objection = objection(candidate, request);
    if (objection.isPresent()) {
      outbox.log(
          Effect.Level.WARNING,
          "Failover auth denied to " + candidate.id() + ": " + objection.get());
      return;
    }
    ClusterNode failed = candidate.master().orElseThrow();
    if (!state.has(Defect.VOTE_TWICE)) {
      state.lastVoteEpoch = state.currentEpoch;
      failed.votedAt = now.getAsLong();
    }
    // On disk before the vote leaves: a voter that restarts must not vote again in this epoch.
    state.wantSync();
    bus.send(candidate, new BusMessage.Bare(bus.header(MessageType.FAILOVER_AUTH_ACK, 0)));
    outbox.log(
        Effect.Level.NOTICE,
        "Failover auth granted to " + candidate.id() + " for epoch " + state.currentEpoch);
  }

  private Optional<String> objection(ClusterNode candidate, Header request) {
    boolean late = request.currentEpoch() < state.currentEpoch;
    if (late && !state.has(Defect.VOTE_FOR_OLD_EPOCH)) {
      return Optional.of(
          "reqEpoch (" + request.currentEpoch() + ") < curEpoch(" + state.currentEpoch + ")");
    }
    if (state.lastVoteEpoch == state.currentEpoch) {
      return Optional.of("already voted for epoch " + state.currentEpoch);
    }
    ClusterNode master = candidate.master().orElse(null);
    if (candidate.isMaster()) {
      return Optional.of("it is a master node");
    }
    if (master == null) {
      return Optional.of("I don't know its master");
    }
    boolean mayReplace = master.is(NodeFlag.FAIL) || request.forcesAck();
    if (!mayReplace && !state.has(Defect.VOTE_FOR_LIVING_MASTER)) {
      return Optional.of("its master is up");
    }
    if (now.getAsLong() - master.votedAt < SPACING_FACTOR * state.nodeTimeout()) {
      return Optional.of("can't vote about this master before the time between votes is over");
    }
    for (int slot = 0; slot < HashSlot.COUNT; slot++) {
      if (request.slots().has(slot) && !state.slots().isUnclaimed(slot)) {
        long epoch = state.slots().owner(slot).map(ClusterNode::configEpoch).orElse(0L);
        if (epoch > request.configEpoch()) {
          return Optional.of(
              "slot " + slot + " epoch (" + epoch + ") > reqEpoch (" + request.configEpoch() + ")");
        }
      }
    }
    return Optional.empty();
  }
}
