package io.shardquake.node.core.replication;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.command.Pause;
import io.shardquake.node.core.config.Configuration;
import java.util.function.LongSupplier;

/**
 * What a node does once a second about its replicas: shows them that it lives, drops those that are
 * dead or too slow, and frees the backlog when nobody has wanted it for long. Not thread-safe.
 */
final class ReplicaCare {
  private static final byte[] NEWLINE = {'\n'};
  private static final int ID_LENGTH = 40;

  private final Configuration configuration;
  private final ReplicationLog log;
  private final Replicas replicas;
  private final MasterLink master;
  private final FullSync fullSync;
  private final Pause pause;
  private final Outbox outbox;
  private final Randomness random;
  private final LongSupplier now;
  private long seconds;
  private OutputLimit limit;
  private long aloneSince;

  ReplicaCare(
      Configuration configuration,
      ReplicationLog log,
      Replicas replicas,
      MasterLink master,
      FullSync fullSync,
      Pause pause,
      Outbox outbox,
      Randomness random,
      LongSupplier now) {
    this.configuration = configuration;
    this.log = log;
    this.replicas = replicas;
    this.master = master;
    this.fullSync = fullSync;
    this.pause = pause;
    this.outbox = outbox;
    this.random = random;
    this.now = now;
    this.aloneSince = now.getAsLong();
    this.limit = OutputLimit.ofReplicas(configuration);
    configuration.onChange(directive -> limit = OutputLimit.ofReplicas(configuration));
  }

  void everySecond() {
    boolean due = seconds++ % configuration.number("repl-ping-replica-period") == 0;
    // While writes stop for a failover the offset must stand still, or nobody could reach it.
    if (due
        && !replicas.isEmpty()
        && !master.isFollowing()
        && !pause.isFor(Pause.Purpose.FAILOVER)) {
      log.ping();
    }
    for (ReplicaLink replica : replicas.all()) {
      if (fullSync.isSilent(replica)) {
        replica.send(NEWLINE, outbox);
      }
      dropIfDead(replica);
    }
    if (!replicas.isEmpty()) {
      aloneSince = now.getAsLong();
    }
    freeBacklog();
  }

  /** This node has become a master: the time without replicas counts from now. */
  void promoted() {
    aloneSince = now.getAsLong();
  }

  private void dropIfDead(ReplicaLink replica) {
    long patience = configuration.number("repl-timeout") * 1000;
    long heard =
        switch (replica.state()) {
          case WAITING -> now.getAsLong();
          case SNAPSHOT, SENDING -> replica.progressAt();
          case ONLINE -> replica.isResumable() ? replica.acknowledgedAt() : now.getAsLong();
        };
    if (now.getAsLong() - heard > patience) {
      drop(replica, "Disconnecting timedout replica");
    }
  }

  /** Drops replicas that cost more memory than {@code client-output-buffer-limit} allows. */
  void dropTooSlow() {
    if (replicas.isEmpty()) {
      return;
    }
    for (ReplicaLink replica : replicas.all()) {
      if (limit.isExceededBy(replica, now.getAsLong())) {
        drop(replica, "Replica overcoming of output buffer limits closed");
      }
    }
  }

  private void drop(ReplicaLink replica, String why) {
    outbox.log(Effect.Level.WARNING, why + ": " + replica.ip() + ":" + replica.profile().port());
    replicas.drop(replica);
  }

  private void freeBacklog() {
    long patience = configuration.number("repl-backlog-ttl") * 1000;
    if (patience > 0
        && replicas.isEmpty()
        && !master.isFollowing()
        && log.backlog().isPresent()
        && now.getAsLong() - aloneSince > patience) {
      // Without a backlog the offset stands still: a replica of before must not resume from it.
      log.history().restart(random.hex(ID_LENGTH));
      log.closeBacklog();
      outbox.log(Effect.Level.NOTICE, "Replication backlog freed: no replicas for a long time");
    }
  }
}
