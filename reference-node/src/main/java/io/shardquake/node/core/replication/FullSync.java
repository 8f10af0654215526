package io.shardquake.node.core.replication;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.rdb.Snapshot;
import io.shardquake.node.core.rdb.SnapshotInfo;
import io.shardquake.node.core.rdb.SnapshotInfo.ReplicationPoint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives replicas that cannot resume the whole data set, one snapshot at a time for all that wait
 * when it begins. Not thread-safe.
 */
final class FullSync {
  private static final int MARK_LENGTH = 40;

  private final Configuration configuration;
  private final Databases databases;
  private final ReplicationLog log;
  private final Replicas replicas;
  private final Outbox outbox;
  private final Randomness random;
  private final LongSupplier now;
  private @Nullable Transfer running;

  FullSync(
      Configuration configuration,
      Databases databases,
      ReplicationLog log,
      Replicas replicas,
      Outbox outbox,
      Randomness random,
      LongSupplier now) {
    this.configuration = configuration;
    this.databases = databases;
    this.log = log;
    this.replicas = replicas;
    this.outbox = outbox;
    this.random = random;
    this.now = now;
  }

  /**
   * Begins a snapshot if replicas wait and none is under way.
   *
   * @param relaying the database selected in the stream that this node passes on; empty if it is a
   *     master, whose next command names its database anew
   */
  void startIfDue(Optional<Integer> relaying) {
    if (running != null || !isWanted()) {
      return;
    }
    List<ReplicaLink> waiting =
        replicas.all().stream().filter(r -> r.state() == ReplicaLink.State.WAITING).toList();
    boolean withoutData = waiting.get(0).profile().withoutData();
    List<ReplicaLink> together =
        waiting.stream().filter(r -> r.profile().withoutData() == withoutData).toList();
    boolean marked =
        configuration.yes("repl-diskless-sync")
            && together.stream().allMatch(replica -> replica.profile().eof());
    if (!marked || isTime(together)) {
      start(together, marked, withoutData, relaying);
    }
  }

  private boolean isWanted() {
    for (ReplicaLink replica : replicas.all()) {
      if (replica.state() == ReplicaLink.State.WAITING) {
        return true;
      }
    }
    return false;
  }

  /** Whether enough replicas have come, or the first has waited long enough for others. */
  private boolean isTime(List<ReplicaLink> waiting) {
    long most = configuration.number("repl-diskless-sync-max-replicas");
    long delay = configuration.number("repl-diskless-sync-delay") * 1000;
    return (most > 0 && waiting.size() >= most)
        || waiting.stream().anyMatch(r -> now.getAsLong() - r.attachedAt() >= delay);
  }

  private void start(
      List<ReplicaLink> receivers,
      boolean marked,
      boolean withoutData,
      Optional<Integer> relaying) {
    ReplicationHistory history = log.history();
    if (relaying.isEmpty()) {
      log.forgetSelection();
    }
    byte[] line =
        ("+FULLRESYNC " + history.id() + " " + history.offset() + "\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    for (ReplicaLink replica : receivers) {
      replica.beginSnapshot();
      if (replica.isResumable()) {
        replica.send(line, outbox);
      }
    }
    Databases saved = withoutData ? new Databases(false, 1, random) : databases;
    ReplicationPoint point =
        new ReplicationPoint(relaying.orElse(0), history.id(), history.offset());
    Snapshot snapshot =
        new Snapshot(saved, new SnapshotInfo(now.getAsLong(), Optional.of(point), false));
    outbox.log(
        Effect.Level.NOTICE,
        "Starting full synchronization of "
            + receivers.size()
            + " replica(s) at offset "
            + history.offset());
    running =
        marked
            ? new MarkedTransfer(receivers, snapshot, random.hex(MARK_LENGTH), outbox)
            : new SizedTransfer(receivers, snapshot, outbox);
  }

  /**
   * Sends the next slice, if the replicas have taken the last one.
   *
   * @return whether there is something to do that waits for nobody
   */
  boolean step() {
    if (running == null) {
      return false;
    }
    running.keepOnly(replica -> replicas.of(replica.client().connection()).isPresent());
    boolean more = running.step(now.getAsLong());
    if (running.isOver()) {
      for (ReplicaLink replica : running.receivers()) {
        outbox.log(
            Effect.Level.NOTICE,
            "Synchronization with replica "
                + replica.ip()
                + ":"
                + replica.profile().port()
                + " succeeded");
        if (replica.profile().snapshotOnly()) {
          replicas.drop(replica);
        }
      }
      running.close();
      running = null;
    }
    return more;
  }

  /** Whether replicas hear nothing of a snapshot that is being made for them. */
  boolean isSilent(ReplicaLink replica) {
    return replica.state() == ReplicaLink.State.WAITING
        || (replica.state() == ReplicaLink.State.SNAPSHOT && running instanceof SizedTransfer);
  }

  /** Gives the snapshot under way up, as when the data set is about to be replaced. */
  void abandon() {
    if (running != null) {
      running.close();
      running = null;
    }
  }
}
