package io.shardquake.harness.sim.disk;

import java.util.Arrays;

/** A file: its content, and how much of it is on the platter. Not thread-safe. */
final class SimFile {
  private byte[] content = new byte[0];
  private int length;
  private int synced;

  /** What is on disk under this name as long as the replacement of it is not. */
  private byte[] former = new byte[0];

  private boolean replaced;

  void append(byte[] data) {
    int needed = length + data.length;
    if (needed > content.length) {
      content = Arrays.copyOf(content, Math.max(needed, 2 * content.length));
    }
    System.arraycopy(data, 0, content, length, data.length);
    length = needed;
  }

  void replace(byte[] data, boolean durable) {
    if (!durable) {
      former = replaced ? former : Arrays.copyOf(content, synced);
    }
    replaced = !durable;
    content = data.clone();
    length = data.length;
    synced = durable ? length : 0;
  }

  void truncate(long to) {
    length = (int) Math.min(length, to);
    synced = Math.min(synced, length);
  }

  void sync() {
    synced = length;
    replaced = false;
    former = new byte[0];
  }

  boolean isSynced() {
    return synced == length && !replaced;
  }

  int unsynced() {
    return length - synced;
  }

  /** Loses what was not synced, but for the first so many bytes of it. */
  void lose(int kept) {
    if (replaced) {
      content = former;
      length = former.length;
    } else {
      length = synced + Math.min(kept, length - synced);
    }
    sync();
  }

  int length() {
    return length;
  }

  byte[] read(long offset, int count) {
    int from = (int) Math.min(offset, length);
    return Arrays.copyOfRange(content, from, Math.min(from + count, length));
  }
}
