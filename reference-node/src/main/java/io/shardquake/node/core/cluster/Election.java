package io.shardquake.node.core.cluster;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.bus.BusMessage;
import io.shardquake.node.core.bus.Header;
import io.shardquake.node.core.bus.MessageType;
import io.shardquake.node.core.defect.Defect;
import java.util.function.LongSupplier;

/** How a replica gets elected (Redis Cluster specification, "Replica election and promotion"). */
final class Election {
  private static final long FIXED_DELAY_MILLIS = 500;
  private static final int RANDOM_DELAY_MILLIS = 500;
  private static final long RANK_DELAY_MILLIS = 1000;
  private static final long LEAST_TIMEOUT_MILLIS = 2000;

  private final ClusterState state;
  private final ClusterBus bus;
  private final Gossip gossip;
  private final Roles roles;
  private final ConfigEpochs epochs;
  private final ManualFailover manual;
  private final ReplicationRole replication;
  private final Outbox outbox;
  private final Randomness random;
  private final LongSupplier now;
  private long startsAt;
  private boolean underWay;
  private long epoch;
  private int votes;
  private int rank;
  private boolean requested;

  Election(
      ClusterState state,
      ClusterBus bus,
      Gossip gossip,
      Roles roles,
      ConfigEpochs epochs,
      ManualFailover manual,
      ReplicationRole replication,
      Outbox outbox,
      Randomness random,
      LongSupplier now) {
    this.state = state;
    this.bus = bus;
    this.gossip = gossip;
    this.roles = roles;
    this.epochs = epochs;
    this.manual = manual;
    this.replication = replication;
    this.outbox = outbox;
    this.random = random;
    this.now = now;
  }

  /** One look at whether to stand for election, to go on waiting, or to take over. */
  void step() {
    ClusterNode me = state.myself();
    ClusterNode master = me.master().orElse(null);
    boolean byHand = manual.mayStart();
    if (me.isMaster()
        || master == null
        || !(master.is(NodeFlag.FAIL) || byHand)
        || (state.configuration().yes("cluster-replica-no-failover") && !byHand)
        || master.slots().count() == 0
        || (isTooOld() && !byHand)) {
      return;
    }
    long time = now.getAsLong();
    long timeout = Math.max(2 * state.nodeTimeout(), LEAST_TIMEOUT_MILLIS);
    if (!underWay || time - startsAt > 2 * timeout) {
      schedule(byHand);
      return;
    }
    if (!requested && !manual.isActive()) {
      delayByNewRank();
    }
    if (time < startsAt || time - startsAt > timeout) {
      return;
    }
    if (!requested) {
      request();
    } else if (votes >= enoughVotes()) {
      win();
    }
  }

  private int enoughVotes() {
    return state.has(Defect.WIN_WITH_ONE_VOTE) ? 1 : state.quorum();
  }

  /**
   * Whether what this replica has is too old to stand for election with, or is another master's:
   * Redis lets a replica that was given a new master, and has not got its data yet, take its place.
   */
  private boolean isTooOld() {
    if (state.has(Defect.STAND_WITH_STALE_DATA)) {
      return false;
    }
    if (!replication.isOfItsMaster()) {
      return true;
    }
    long factor = state.configuration().number("cluster-replica-validity-factor");
    if (factor == 0) {
      return false;
    }
    long age = (now.getAsLong() - replication.lastContact()) / 1000 * 1000;
    if (age > state.nodeTimeout()) {
      age -= state.nodeTimeout();
    }
    long period = state.configuration().number("repl-ping-replica-period") * 1000;
    return age > period + state.nodeTimeout() * factor;
  }

  private void schedule(boolean byHand) {
    votes = 0;
    requested = false;
    underWay = true;
    rank = byHand ? 0 : currentRank();
    startsAt =
        now.getAsLong()
            + (byHand
                ? 0
                : FIXED_DELAY_MILLIS
                    + random.below(RANDOM_DELAY_MILLIS)
                    + rank * RANK_DELAY_MILLIS);
    outbox.log(
        Effect.Level.WARNING,
        "Start of election delayed for "
            + (startsAt - now.getAsLong())
            + " milliseconds (rank #"
            + rank
            + ", offset "
            + replication.offset()
            + ").");
    // Siblings learn this replica's offset, and rank themselves by it.
    gossip.broadcastPong(true);
  }

  /** How many siblings have more of the master's data. */
  private int currentRank() {
    if (state.has(Defect.IGNORE_REPLICA_RANK)) {
      return 0;
    }
    ClusterNode me = state.myself();
    int better = 0;
    for (ClusterNode sibling : me.master().orElseThrow().replicas().values()) {
      if (sibling != me
          && !sibling.is(NodeFlag.NOFAILOVER)
          && sibling.replicationOffset > replication.offset()) {
        better++;
      }
    }
    return better;
  }

  private void delayByNewRank() {
    int newRank = currentRank();
    if (newRank > rank) {
      startsAt += (newRank - rank) * RANK_DELAY_MILLIS;
      rank = newRank;
    }
  }

  private void request() {
    state.currentEpoch++;
    epoch = state.currentEpoch;
    requested = true;
    state.wantSync();
    outbox.log(Effect.Level.WARNING, "Starting a failover election for epoch " + epoch + ".");
    int flags = manual.isActive() ? Header.FORCE_ACK : 0;
    bus.broadcast(new BusMessage.Bare(bus.header(MessageType.FAILOVER_AUTH_REQUEST, flags)));
  }

  /** A master has voted. */
  void voted(ClusterNode voter, Header header) {
    if (requested && voter.isVoter() && header.currentEpoch() >= epoch) {
      votes++;
      step();
    }
  }

  private void win() {
    ClusterNode me = state.myself();
    outbox.log(Effect.Level.WARNING, "Failover election won: I'm the new master.");
    if (me.configEpoch() < epoch) {
      me.configEpoch(epoch);
    }
    takeOver();
  }

  /** Becomes master in its master's place without a vote (CLUSTER FAILOVER TAKEOVER). */
  void takeOverWithoutVote() {
    outbox.log(Effect.Level.WARNING, "Taking over the master (user request).");
    epochs.bump();
    takeOver();
  }

  private void takeOver() {
    roles.promote();
    gossip.broadcastPong(false);
    manual.reset();
    // Otherwise its votes would count once more, should this node be a replica again soon.
    underWay = false;
    requested = false;
  }
}
