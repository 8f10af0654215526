package io.shardquake.node.core.persistence;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.rdb.Snapshot;
import java.util.function.Consumer;

/**
 * Writes a snapshot to a file beside the traffic: while the disk takes one slice, the next is made,
 * and no more. Not thread-safe.
 */
final class SnapshotFile {
  private static final int SLICE = 128 * 1024;
  private static final int SLICES_UNDER_WAY = 2;

  private final Snapshot snapshot;
  private final String file;
  private final DiskRequests disk;
  private final Outbox outbox;
  private final Consumer<String> then;
  private int underWay;
  private long size;
  private boolean over;

  /**
   * Begins to write.
   *
   * @param file replaced if it exists
   * @param then hears what went wrong, or an empty text when the file is on disk
   */
  SnapshotFile(
      Snapshot snapshot, String file, DiskRequests disk, Outbox outbox, Consumer<String> then) {
    this.snapshot = snapshot;
    this.file = file;
    this.disk = disk;
    this.outbox = outbox;
    this.then = then;
    outbox.toDisk(new Effect.Delete(file));
    write();
  }

  private void write() {
    while (underWay < SLICES_UNDER_WAY && !snapshot.isComplete()) {
      byte[] slice = snapshot.next(SLICE);
      size += slice.length;
      underWay++;
      disk.append(file, slice, this::written);
    }
  }

  private void written(String error) {
    underWay--;
    if (over) {
      return;
    }
    if (!error.isEmpty()) {
      finish(error);
    } else if (!snapshot.isComplete()) {
      write();
    } else if (underWay == 0) {
      disk.sync(file, this::finish);
    }
  }

  private void finish(String error) {
    if (over) {
      return;
    }
    over = true;
    snapshot.close();
    if (!error.isEmpty()) {
      outbox.toDisk(new Effect.Delete(file));
    }
    then.accept(error);
  }

  /** Gives it up; nobody hears of it any more. */
  void cancel() {
    over = true;
    snapshot.close();
    outbox.toDisk(new Effect.Delete(file));
  }

  /** Bytes written so far. */
  long size() {
    return size;
  }
}
