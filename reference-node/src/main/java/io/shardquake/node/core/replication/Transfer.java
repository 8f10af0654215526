package io.shardquake.node.core.replication;

import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.rdb.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * One snapshot on its way to some replicas. Made and sent in slices, as fast as the slowest of them
 * takes it, so that neither the loop nor the memory is held for long. Not thread-safe.
 */
abstract class Transfer {
  /** Bytes of one slice, which takes well under a millisecond. */
  static final int SLICE = 64 * 1024;

  /** Bytes that may be on their way to a replica. */
  private static final int WINDOW = 1 << 20;

  private final List<ReplicaLink> receivers;
  private final Snapshot snapshot;
  private final Outbox outbox;
  private boolean over;

  Transfer(List<ReplicaLink> receivers, Snapshot snapshot, Outbox outbox) {
    this.receivers = new ArrayList<>(receivers);
    this.snapshot = snapshot;
    this.outbox = outbox;
  }

  /**
   * Sends a slice if the receivers are ready for one.
   *
   * @return whether there is more to do at once, without waiting for a receiver
   */
  abstract boolean step(long nowMillis);

  Snapshot snapshot() {
    return snapshot;
  }

  List<ReplicaLink> receivers() {
    return receivers;
  }

  /** Forgets receivers that have gone; without any, the transfer is over. */
  void keepOnly(Predicate<ReplicaLink> there) {
    receivers.removeIf(there.negate());
    over |= receivers.isEmpty();
  }

  boolean areReady() {
    return receivers.stream().allMatch(replica -> replica.unconfirmed() < WINDOW);
  }

  void sendToAll(byte[] bytes) {
    receivers.forEach(replica -> replica.send(bytes, outbox));
  }

  /** Ends it: the receivers have all of the snapshot, and go on with the stream. */
  void finish(boolean onAcknowledgement, long nowMillis) {
    receivers.forEach(replica -> replica.goOnline(onAcknowledgement, nowMillis));
    over = true;
  }

  boolean isOver() {
    return over;
  }

  void close() {
    snapshot.close();
  }
}
