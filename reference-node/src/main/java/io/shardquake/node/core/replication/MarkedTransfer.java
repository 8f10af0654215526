package io.shardquake.node.core.replication;

import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.rdb.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Sends a snapshot while it is being made, between two occurrences of a mark. Nothing may follow
 * until the replica has acknowledged: it takes the mark for one only at the end of what it got.
 */
final class MarkedTransfer extends Transfer {
  private final String mark;
  private boolean begun;

  MarkedTransfer(List<ReplicaLink> receivers, Snapshot snapshot, String mark, Outbox outbox) {
    super(receivers, snapshot, outbox);
    this.mark = mark;
  }

  @Override
  boolean step(long nowMillis) {
    if (isOver() || !areReady()) {
      return false;
    }
    if (!begun) {
      begun = true;
      sendToAll(("$EOF:" + mark + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
    byte[] slice = snapshot().next(SLICE);
    if (slice.length > 0) {
      sendToAll(slice);
    }
    if (snapshot().isComplete()) {
      sendToAll(mark.getBytes(StandardCharsets.US_ASCII));
      finish(true, nowMillis);
      return false;
    }
    return true;
  }
}
