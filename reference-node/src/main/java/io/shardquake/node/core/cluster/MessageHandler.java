package io.shardquake.node.core.cluster;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.bus.BusMessage;
import io.shardquake.node.core.bus.Header;
import io.shardquake.node.core.bus.MessageType;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What each message of the bus does to this node's view, in Redis's order. */
final class MessageHandler {
  private final ClusterState state;
  private final ClusterBus bus;
  private final Membership membership;
  private final ConfigEpochs epochs;
  private final Gossip gossip;
  private final FailureDetector failures;
  private final Roles roles;
  private final SlotClaims claims;
  private final Voting voting;
  private final Election election;
  private final ManualFailover manual;
  private final MessageDelivery delivery;
  private final Outbox outbox;
  private final LongSupplier now;

  MessageHandler(
      ClusterState state,
      ClusterBus bus,
      Membership membership,
      ConfigEpochs epochs,
      Gossip gossip,
      FailureDetector failures,
      Roles roles,
      SlotClaims claims,
      Voting voting,
      Election election,
      ManualFailover manual,
      MessageDelivery delivery,
      Outbox outbox,
      LongSupplier now) {
    this.state = state;
    this.bus = bus;
    this.membership = membership;
    this.epochs = epochs;
    this.gossip = gossip;
    this.failures = failures;
    this.roles = roles;
    this.claims = claims;
    this.voting = voting;
    this.election = election;
    this.manual = manual;
    this.delivery = delivery;
    this.outbox = outbox;
    this.now = now;
  }

  /** Handles a message that came over a link. */
  void handle(ClusterLink link, BusMessage message) {
    Header header = message.header();
    state.received().merge(header.type(), 1L, Long::sum);
    Optional<ClusterNode> sender = membership.sender(link, header);
    if (sender.isPresent()) {
      ClusterNode known = sender.get();
      known.dataReceived = now.getAsLong();
      epochs.seen(known, header.currentEpoch(), header.configEpoch());
      known.replicationOffset = header.offset();
      manual.heard(known, header);
    }
    if (message instanceof BusMessage.Heartbeat heartbeat) {
      heartbeat(link, sender, heartbeat);
    } else if (sender.isPresent()) {
      fromKnown(sender.get(), link, message);
    }
  }

  private void fromKnown(ClusterNode sender, ClusterLink link, BusMessage message) {
    if (message instanceof BusMessage.Fail fail) {
      state.known(fail.node()).ifPresent(node -> failures.failedBy(sender, node));
    } else if (message instanceof BusMessage.Update update) {
      claims.update(update);
    } else if (message instanceof BusMessage.Publish publish) {
      delivery.deliver(
          publish.header().type() == MessageType.PUBLISHSHARD,
          publish.channel(),
          publish.message());
    } else {
      switch (message.header().type()) {
        case FAILOVER_AUTH_REQUEST -> voting.requested(sender, message.header());
        case FAILOVER_AUTH_ACK -> election.voted(sender, message.header());
        case MFSTART -> {
          manual.requested(sender);
          if (manual.requestedBy().orElse(null) == sender) {
            gossip.send(link, MessageType.PING);
          }
        }
        default -> {}
      }
    }
  }

  private void heartbeat(
      ClusterLink link, Optional<ClusterNode> sender, BusMessage.Heartbeat heartbeat) {
    Header header = heartbeat.header();
    if (header.type() != MessageType.PONG) {
      membership.learnOwnAddress(link, header.type() == MessageType.MEET);
      if (sender.isEmpty() && header.type() == MessageType.MEET) {
        membership.met(link, header);
        gossip.learn(sender, heartbeat);
      }
      gossip.send(link, MessageType.PONG);
    }
    if (!link.isInbound() && !membership.settleIdentity(link, header)) {
      return;
    }
    if (sender.isEmpty()) {
      answered(link, header);
      return;
    }
    ClusterNode known = sender.get();
    membership.copyNoFailover(known, header);
    if (header.type() == MessageType.PING) {
      membership.updateAddress(link, known, header);
    }
    answered(link, header);
    if (header.master().isEmpty()) {
      roles.turnMaster(known);
    } else {
      roles.turnReplica(known, header.master());
    }
    slots(known, header);
    gossip.learn(sender, heartbeat);
    known.nameHost(heartbeat.hostname());
  }

  private void answered(ClusterLink link, Header header) {
    if (!link.isInbound() && header.type() == MessageType.PONG) {
      link.node().ifPresent(failures::answered);
    }
  }

  private void slots(ClusterNode sender, Header header) {
    ClusterNode shard = sender.isMaster() ? sender : sender.master().orElse(null);
    if (shard == null) {
      epochs.resolveCollision(sender);
      return;
    }
    boolean differs = !shard.slots().equals(header.slots());
    if (sender.isMaster() && differs) {
      claims.claimed(sender, header.configEpoch(), header.slots());
    }
    if (differs) {
      claims.correct(sender, header);
    }
    epochs.resolveCollision(sender);
  }

  /** A link has sent what is no message. */
  void broken(ClusterLink link, String why) {
    outbox.log(Effect.Level.WARNING, "Closing a cluster bus link to " + link.peerIp() + ": " + why);
    bus.close(link);
  }
}
