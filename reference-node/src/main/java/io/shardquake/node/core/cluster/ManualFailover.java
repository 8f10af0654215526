package io.shardquake.node.core.cluster;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.bus.BusMessage;
import io.shardquake.node.core.bus.Header;
import io.shardquake.node.core.bus.MessageType;
import io.shardquake.node.core.defect.Defect;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A failover that an operator asked for, on either side of it (CLUSTER FAILOVER). */
final class ManualFailover {
  private static final long TIMEOUT_MILLIS = 5000;
  private static final long UNKNOWN_OFFSET = -1;

  private final ClusterState state;
  private final ClusterBus bus;
  private final ReplicationRole replication;
  private final Outbox outbox;
  private final LongSupplier now;
  private long endsAt;
  private @Nullable ClusterNode requestedBy;
  private long masterOffset = UNKNOWN_OFFSET;
  private boolean mayStart;

  ManualFailover(
      ClusterState state,
      ClusterBus bus,
      ReplicationRole replication,
      Outbox outbox,
      LongSupplier now) {
    this.state = state;
    this.bus = bus;
    this.replication = replication;
    this.outbox = outbox;
    this.now = now;
  }

  boolean isActive() {
    return endsAt != 0;
  }

  /** On the replica: whether it has all that its master has, so that the election may begin. */
  boolean mayStart() {
    return isActive() && mayStart;
  }

  /** On the master: the replica that asked, while it is being waited for. */
  Optional<ClusterNode> requestedBy() {
    return Optional.ofNullable(requestedBy);
  }

  /** On the replica: begins, and asks the master to stop writes. */
  void begin(ClusterNode master) {
    reset();
    endsAt = now.getAsLong() + TIMEOUT_MILLIS;
    bus.send(master, new BusMessage.Bare(bus.header(MessageType.MFSTART, 0)));
  }

  /** On the replica: begins without the master's help. */
  void beginForced() {
    reset();
    endsAt = now.getAsLong() + TIMEOUT_MILLIS;
    mayStart = true;
  }

  /** On the master: one of its replicas asks it to stop writes. */
  void requested(ClusterNode replica) {
    ClusterNode me = state.myself();
    if (!me.isMaster() || replica.master().orElse(null) != me) {
      return;
    }
    reset();
    endsAt = now.getAsLong() + TIMEOUT_MILLIS;
    requestedBy = replica;
    if (!state.has(Defect.SKIP_FAILOVER_PAUSE)) {
      replication.holdWritesUntil(now.getAsLong() + 2 * TIMEOUT_MILLIS);
    }
    bus.announcePause(true);
    outbox.log(Effect.Level.WARNING, "Manual failover requested by replica " + replica.id() + ".");
  }

  /** On the replica: notes the offset at which its master has stopped. */
  void heard(ClusterNode sender, Header header) {
    if (isActive()
        && header.isPaused()
        && masterOffset == UNKNOWN_OFFSET
        && state.myself().master().orElse(null) == sender) {
      masterOffset = header.offset();
    }
  }

  /** On the replica, every turn: looks whether it has caught up. */
  void checkOffset() {
    if (isActive()
        && !mayStart
        && masterOffset != UNKNOWN_OFFSET
        && replication.offset() == masterOffset) {
      mayStart = true;
      outbox.log(
          Effect.Level.WARNING,
          "All master replication stream processed, manual failover can start.");
    }
  }

  /** Gives up when it takes too long. */
  void expireIfDue() {
    if (isActive() && now.getAsLong() > endsAt) {
      outbox.log(Effect.Level.WARNING, "Manual failover timed out.");
      reset();
    }
  }

  /** Ends it, on either side, however it went. */
  void reset() {
    if (requestedBy != null) {
      replication.holdWritesUntil(0);
      bus.announcePause(false);
    }
    endsAt = 0;
    requestedBy = null;
    masterOffset = UNKNOWN_OFFSET;
    mayStart = false;
  }
}
