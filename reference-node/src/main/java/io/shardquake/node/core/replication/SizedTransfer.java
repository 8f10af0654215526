package io.shardquake.node.core.replication;

import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.rdb.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Makes a snapshot in memory, and then sends it after its length: for replicas that do not know
 * marks, or where {@code repl-diskless-sync} is off.
 */
final class SizedTransfer extends Transfer {
  private final Deque<byte[]> slices = new ArrayDeque<>();
  private long length;
  private boolean announced;

  SizedTransfer(List<ReplicaLink> receivers, Snapshot snapshot, Outbox outbox) {
    super(receivers, snapshot, outbox);
  }

  @Override
  boolean step(long nowMillis) {
    if (isOver()) {
      return false;
    }
    if (!snapshot().isComplete()) {
      byte[] slice = snapshot().next(SLICE);
      slices.addLast(slice);
      length += slice.length;
      return true;
    }
    if (!announced) {
      announced = true;
      receivers().forEach(ReplicaLink::beginSending);
      sendToAll(("$" + length + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
    if (!areReady()) {
      return false;
    }
    byte[] slice = slices.poll();
    if (slice == null) {
      finish(false, nowMillis);
      return false;
    }
    sendToAll(slice);
    return true;
  }
}
