package io.shardquake.node.core.cluster;

import io.shardquake.node.core.ConnectionNumbers;
import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.bus.BusCodec;
import io.shardquake.node.core.bus.BusFramer.NotABusMessage;
import io.shardquake.node.core.bus.BusMessage;
import io.shardquake.node.core.bus.MessageType;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.SlotGate;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.defect.Defect;
import io.shardquake.node.core.keyspace.HashSlot;
import io.shardquake.node.core.keyspace.Keyspace;
import io.shardquake.node.core.propagation.Propagation;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * This node's part in a cluster, put together: links, membership, failure detection, epochs, slots
 * and elections, the commands that administer them, and the redirections that follow. Not
 * thread-safe.
 */
public final class Cluster {
  private static final int ID_LENGTH = 40;

  private final ClusterState state;
  private final ClusterBus bus;
  private final MessageHandler handler;
  private final ClusterCron cron;
  private final ClusterHealth health;
  private final ManualFailover manual;
  private final Election election;
  private final Redirection redirection;
  private final List<CommandGroup> commands;
  private final Randomness random;
  private final Keyspace keyspace;
  private final ReplicationRole replication;
  private final Membership membership;
  private final NodesFile nodesFile;
  private final Outbox outbox;
  private final LongSupplier now;
  private final ClusterInsight insight;

  /**
   * A node that knows nobody yet.
   *
   * @param propagation hears of keys that go because their slot has gone
   * @param now Unix milliseconds
   */
  public Cluster(
      Configuration configuration,
      Keyspace keyspace,
      Propagation propagation,
      ReplicationRole replication,
      MessageDelivery delivery,
      Outbox outbox,
      ConnectionNumbers numbers,
      Randomness random,
      LongSupplier now) {
    this.random = random;
    this.keyspace = keyspace;
    this.replication = replication;
    this.outbox = outbox;
    this.now = now;
    ClusterNode myself =
        new ClusterNode(
            random.hex(ID_LENGTH), NodeFlag.MYSELF.bit() | NodeFlag.MASTER.bit(), now.getAsLong());
    this.state = new ClusterState(configuration, myself);
    this.nodesFile = new NodesFile(configuration, outbox);
    state
        .slots()
        .onLoss(
            (slot, owner) -> {
              if (isMyShard(owner) && !state.has(Defect.KEEP_SHARD_SUBSCRIBERS)) {
                delivery.slotLost(slot);
              }
            });
    this.insight = new ClusterInsight(state, replication, now);
    this.bus = new ClusterBus(state, replication, outbox, numbers, now);
    this.membership = new Membership(state, bus, replication, random, now);
    ConfigEpochs epochs = new ConfigEpochs(state, outbox);
    FailureDetector failures = new FailureDetector(state, bus, outbox, now);
    Gossip gossip = new Gossip(state, bus, failures, random, now);
    this.manual = new ManualFailover(state, bus, replication, outbox, now);
    Roles roles = new Roles(state, replication, manual::reset);
    SlotClaims claims = new SlotClaims(state, bus, roles, keyspace, propagation);
    Voting voting = new Voting(state, bus, outbox, now);
    this.election =
        new Election(state, bus, gossip, roles, epochs, manual, replication, outbox, random, now);
    ReplicaMigration migration = new ReplicaMigration(state, roles, outbox, now);
    this.health = new ClusterHealth(state, outbox, now);
    this.handler =
        new MessageHandler(
            state,
            bus,
            membership,
            epochs,
            gossip,
            failures,
            roles,
            claims,
            voting,
            election,
            manual,
            delivery,
            outbox,
            now);
    this.cron =
        new ClusterCron(
            state,
            bus,
            membership,
            gossip,
            failures,
            election,
            manual,
            migration,
            replication,
            random,
            now);
    this.redirection = new Redirection(state, keyspace, now);
    ClusterReplies replies = new ClusterReplies(state, replication);
    this.commands =
        List.of(
            new ClusterCommands(
                state,
                membership,
                epochs,
                roles,
                election,
                manual,
                failures,
                replies,
                state::wantSync,
                this::reset),
            new SlotCommands(state, epochs, roles, gossip));
    listenOn();
  }

  private boolean isMyShard(ClusterNode node) {
    ClusterNode me = state.myself();
    return node == me || me.master().orElse(null) == node;
  }

  /**
   * Sends a message of PUBLISH to all nodes, or one of SPUBLISH to the others of this node's shard.
   */
  public void publish(boolean sharded, byte[] channel, byte[] message) {
    if (!sharded) {
      bus.broadcast(new BusMessage.Publish(bus.header(MessageType.PUBLISH, 0), channel, message));
      return;
    }
    BusMessage.Publish copy =
        new BusMessage.Publish(bus.header(MessageType.PUBLISHSHARD, 0), channel, message);
    ClusterNode shard = state.myMaster().orElse(state.myself());
    int copies = state.has(Defect.DELIVER_SHARD_MESSAGE_TWICE) ? 2 : 1;
    for (ClusterNode node : state.allNodes()) {
      boolean sibling = node == shard || node.master().orElse(null) == shard;
      if (sibling && !node.isMyself()) {
        for (int i = 0; i < copies; i++) {
          bus.send(node, copy);
        }
      }
    }
  }

  /** Takes this node's ports from its configuration. */
  private void listenOn() {
    Configuration configuration = state.configuration();
    ClusterNode me = state.myself();
    long plain = announced("cluster-announce-port", configuration.number("port"));
    long secure = announced("cluster-announce-tls-port", configuration.number("tls-port"));
    boolean tls = configuration.yes("tls-cluster");
    int busPort = (int) announced("cluster-announce-bus-port", busPort(configuration));
    me.address(
        configuration.text("cluster-announce-ip"),
        (int) (tls ? secure : plain),
        (int) (tls ? plain : 0),
        busPort);
    state.wantSync();
  }

  /** The port of the bus that a configuration asks for. */
  public static int busPort(Configuration configuration) {
    long fixed = configuration.number("cluster-port");
    String base = configuration.yes("tls-cluster") ? "tls-port" : "port";
    return (int) (fixed != 0 ? fixed : configuration.number(base) + 10_000);
  }

  private long announced(String directive, long otherwise) {
    long announced = state.configuration().number(directive);
    return announced != 0 ? announced : otherwise;
  }

  /**
   * Takes up what an earlier life of this node knew.
   *
   * @throws IllegalArgumentException if the content is no nodes.conf, with the line and the reason
   */
  public void restore(byte[] nodesConf) {
    NodesConf.read(nodesConf, state, now);
    ClusterNode me = state.myself();
    String ip = me.ip();
    listenOn();
    if (me.ip().isEmpty()) {
      me.address(ip, me.port(), me.plainPort(), me.busPort());
    }
  }

  /**
   * The data of an earlier life is there: a master takes responsibility for slots of which it holds
   * keys and which nobody owns, as Redis does (verifyClusterConfigWithData).
   */
  public void dataLoaded() {
    if (!state.myself().isMaster()) {
      return;
    }
    for (int slot = 0; slot < HashSlot.COUNT; slot++) {
      boolean mine =
          keyspace.countInSlot(slot) > 0
              && state.slots().owner(slot).isEmpty()
              && !state.slots().importing().containsKey(slot);
      if (mine) {
        outbox.log(
            Effect.Level.WARNING,
            "I have keys for unassigned slot " + slot + ". Taking responsibility for it.");
        state.slots().assign(slot, state.myself());
        state.wantSync();
        state.wantEvaluation();
      }
    }
  }

  /** What an observer may know. */
  public ClusterInsight insight() {
    return insight;
  }

  public SlotGate slotGate() {
    return redirection;
  }

  public List<CommandGroup> commands() {
    return commands;
  }

  /** A peer has opened a connection to the bus. */
  public void accepted(long connection, String peerIp, String localIp) {
    bus.accepted(connection, peerIp, localIp);
  }

  /** A link that this node asked for is open. */
  public void connected(long connection) {
    bus.link(connection).ifPresent(cron::connected);
  }

  /** A link has ended or could not be opened. */
  public void closed(long connection) {
    bus.link(connection).ifPresent(cron::connectFailed);
  }

  /** Whether a connection is one of the bus. */
  public boolean owns(long connection) {
    return bus.link(connection).isPresent();
  }

  /** Bytes have come over a link. */
  public void received(long connection, byte[] data) {
    ClusterLink link = bus.link(connection).orElse(null);
    if (link == null) {
      return;
    }
    link.framer().feed(data);
    try {
      Optional<byte[]> next = link.framer().next();
      while (next.isPresent() && bus.link(connection).isPresent()) {
        Optional<BusMessage> message = BusCodec.decode(next.get());
        message.ifPresent(known -> handler.handle(link, known));
        next = link.framer().next();
      }
    } catch (NotABusMessage e) {
      handler.broken(link, String.valueOf(e.getMessage()));
    }
  }

  /** Time has passed. */
  public void tick() {
    cron.tick();
  }

  /**
   * Ends a turn: what has to be looked at again, and what has to be on disk before anything leaves.
   */
  public void endTurn() {
    manual.checkOffset();
    if (manual.mayStart()) {
      election.step();
    }
    if (state.takeEvaluationWanted()) {
      health.evaluate();
    }
    boolean durable = state.takeSyncWanted();
    if (state.takeSaveWanted()) {
      nodesFile.save(NodesConf.write(state), durable);
    }
    nodesFile.endTurn();
  }

  /** CLUSTER RESET. */
  private void reset(boolean hard) {
    ClusterNode me = state.myself();
    if (!me.isMaster()) {
      me.unfollow();
      me.clear(NodeFlag.REPLICA);
      me.set(NodeFlag.MASTER);
      replication.lead();
      keyspace.clear();
    }
    state.slots().closeAll();
    manual.reset();
    for (ClusterNode node : state.allNodes()) {
      state.slots().unassignAll(node);
    }
    membership.removeAllOthers();
    if (hard) {
      state.currentEpoch = 0;
      state.lastVoteEpoch = 0;
      me.configEpoch(0);
      state.nodes().remove(me.id());
      me.rename(random.hex(ID_LENGTH));
      state.nodes().put(me.id(), me);
    }
    state.wantSync();
    state.wantEvaluation();
  }
}
