package io.shardquake.node.core.replication;

import io.shardquake.node.core.config.Configuration;
import java.util.Arrays;

/**
 * The last bytes of the replication stream, for replicas that were away for a moment. Takes memory
 * as it fills. Not thread-safe.
 */
final class Backlog {
  private static final int LEAST_CAPACITY = 16 * 1024;
  private static final int GREATEST_CAPACITY = Integer.MAX_VALUE - 8;

  private int size;
  private byte[] ring;
  private int start;
  private int length;
  private long end;

  /**
   * An empty backlog.
   *
   * @param size most bytes it keeps
   * @param offset of the last byte before the first that it will keep
   */
  Backlog(int size, long offset) {
    this.size = Math.max(size, LEAST_CAPACITY);
    this.ring = new byte[LEAST_CAPACITY];
    this.end = offset;
  }

  /** The size that a configuration asks for. */
  static int size(Configuration configuration) {
    return (int) Math.min(configuration.number("repl-backlog-size"), GREATEST_CAPACITY);
  }

  /** Offset of the first byte kept, or of the next to come if there is none. */
  long firstOffset() {
    return end - length + 1;
  }

  /** Number of bytes kept. */
  int length() {
    return length;
  }

  /** Whether everything from an offset on is here; the offset after the last byte included. */
  boolean reaches(long offset) {
    return offset >= firstOffset() && offset <= end + 1;
  }

  /** All bytes from an offset on, which must be {@link #reaches within reach}. */
  byte[] from(long offset) {
    int skip = (int) (offset - firstOffset());
    byte[] bytes = new byte[length - skip];
    copy(skip, bytes);
    return bytes;
  }

  /** Changes how many bytes are kept, which forgets the oldest if need be. */
  void resize(int newSize) {
    size = Math.max(newSize, LEAST_CAPACITY);
    if (ring.length > size) {
      byte[] kept = from(Math.max(firstOffset(), end + 1 - size));
      ring = Arrays.copyOf(kept, size);
      start = 0;
      length = kept.length;
    }
  }

  /** Adds bytes at the end. */
  void append(byte[] data, int from, int count) {
    end += count;
    if (count >= size) {
      ring = Arrays.copyOfRange(data, from + count - size, from + count);
      start = 0;
      length = size;
      return;
    }
    reserve(count);
    int excess = Math.max(0, length + count - ring.length);
    start = (start + excess) % ring.length;
    length -= excess;
    int at = (start + length) % ring.length;
    int first = Math.min(count, ring.length - at);
    System.arraycopy(data, from, ring, at, first);
    System.arraycopy(data, from + first, ring, 0, count - first);
    length += count;
  }

  /** Grows with what really comes: a large backlog of a quiet node costs nothing. */
  private void reserve(int count) {
    long needed = (long) length + count;
    if (needed <= ring.length || ring.length == size) {
      return;
    }
    byte[] larger = new byte[(int) Math.min(size, Math.max(needed, 2L * ring.length))];
    copy(0, larger);
    ring = larger;
    start = 0;
  }

  /** Copies the bytes after the first {@code skip} to the beginning of {@code target}. */
  private void copy(int skip, byte[] target) {
    int count = length - skip;
    int at = (start + skip) % ring.length;
    int first = Math.min(count, ring.length - at);
    System.arraycopy(ring, at, target, 0, first);
    System.arraycopy(ring, 0, target, first, count - first);
  }
}
