package io.shardquake.node.core.replication;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * Collects a snapshot that a master sends, in either of its two forms, until it is complete: a
 * replica gives up the data it has only for a whole other. Not thread-safe.
 */
final class SnapshotReceiver {
  private static final String MARK_PREFIX = "$EOF:";
  private static final int MARK_LENGTH = 40;

  private final Deque<byte[]> pieces = new ArrayDeque<>();
  private final long length;
  private final byte[] mark;
  private byte[] tail = new byte[0];
  private long received;
  private boolean complete;

  private SnapshotReceiver(long length, byte[] mark) {
    this.length = length;
    this.mark = mark;
    this.complete = mark.length == 0 && length == 0;
  }

  /** For a snapshot that a line announces; empty if the line announces none. */
  static Optional<SnapshotReceiver> announcedBy(String line) {
    if (line.startsWith(MARK_PREFIX)) {
      byte[] mark = line.substring(MARK_PREFIX.length()).getBytes(StandardCharsets.ISO_8859_1);
      return mark.length == MARK_LENGTH
          ? Optional.of(new SnapshotReceiver(-1, mark))
          : Optional.empty();
    }
    if (!line.matches("\\$[0-9]{1,18}")) {
      return Optional.empty();
    }
    return Optional.of(new SnapshotReceiver(Long.parseLong(line.substring(1)), new byte[0]));
  }

  /** Whether the end is marked rather than the length known. */
  boolean isMarked() {
    return mark.length > 0;
  }

  /** Bytes announced; -1 if unknown. */
  long length() {
    return length;
  }

  /** Bytes collected. */
  long received() {
    return received;
  }

  boolean isComplete() {
    return complete;
  }

  /**
   * Takes bytes that have arrived.
   *
   * @return those that come after the snapshot
   */
  byte[] feed(byte[] data) {
    if (isMarked()) {
      received += data.length;
      pieces.addLast(data);
      tail = joinTail(data);
      if (Arrays.equals(tail, mark)) {
        complete = true;
        received -= MARK_LENGTH;
        dropMark();
      }
      return new byte[0];
    }
    int mine = (int) Math.min(data.length, length - received);
    pieces.addLast(mine == data.length ? data : Arrays.copyOf(data, mine));
    received += mine;
    complete = received == length;
    return Arrays.copyOfRange(data, mine, data.length);
  }

  private byte[] joinTail(byte[] data) {
    if (data.length >= MARK_LENGTH) {
      return Arrays.copyOfRange(data, data.length - MARK_LENGTH, data.length);
    }
    byte[] joined = Arrays.copyOf(tail, tail.length + data.length);
    System.arraycopy(data, 0, joined, tail.length, data.length);
    return joined.length <= MARK_LENGTH
        ? joined
        : Arrays.copyOfRange(joined, joined.length - MARK_LENGTH, joined.length);
  }

  private void dropMark() {
    int left = MARK_LENGTH;
    while (left > 0) {
      byte[] last = pieces.removeLast();
      if (last.length > left) {
        pieces.addLast(Arrays.copyOf(last, last.length - left));
      }
      left -= Math.min(left, last.length);
    }
  }

  /** Takes the next piece of a complete snapshot; empty when all are taken. */
  Optional<byte[]> nextPiece() {
    return Optional.ofNullable(pieces.poll());
  }
}
