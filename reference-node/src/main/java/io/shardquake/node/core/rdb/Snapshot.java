package io.shardquake.node.core.rdb;

import io.shardquake.node.core.keyspace.Databases;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * All databases as they are at one moment, written piece by piece, as an RDB file or in another
 * form, while the node goes on serving: before a key changes that has not been written yet, its old
 * value is. So the file shows the moment of the start, as the file of a forked process would,
 * however long it takes.
 *
 * <p>A key changed meanwhile costs its name until the end, and its old value until the next piece
 * is taken; FLUSHALL costs what was there until it is written. Not thread-safe: belongs to the
 * node's loop.
 */
public final class Snapshot implements AutoCloseable {
  /** What looking at one bucket counts, in bytes of the budget, even if nothing is in it. */
  private static final int STEP_COST = 16;

  private final SnapshotWriter writer;
  private final List<DatabaseWalk> walks = new ArrayList<>();
  private final Deque<DatabaseWalk> unfinished = new ArrayDeque<>();
  private boolean complete;

  /** Takes a snapshot: what is in the databases now will be in the file. */
  public Snapshot(Databases databases, SnapshotInfo info) {
    this(databases, new RdbWriter(info));
  }

  /** Takes a snapshot in a form of its own. */
  public Snapshot(Databases databases, SnapshotWriter writer) {
    this.writer = writer;
    databases.functions().codes().forEach(writer::function);
    for (int i = 0; i < databases.count(); i++) {
      if (databases.get(i).size() > 0) {
        DatabaseWalk walk = new DatabaseWalk(i, databases.get(i), writer);
        databases.get(i).observe(walk);
        walks.add(walk);
      }
    }
    unfinished.addAll(walks);
  }

  /**
   * The next bytes of the file; empty when it is complete.
   *
   * @param budget how many bytes to produce, more or less: one value is never cut in two
   */
  public byte[] next(int budget) {
    int steps = 0;
    while (!complete && writer.pending() + steps * STEP_COST < budget) {
      DatabaseWalk walk = unfinished.peek();
      if (walk == null) {
        writer.end();
        complete = true;
      } else if (!walk.step()) {
        unfinished.remove();
      }
      steps++;
    }
    return writer.take();
  }

  /** Whether all bytes of the file have been given. */
  public boolean isComplete() {
    return complete;
  }

  /** Ends the snapshot, complete or not; changes cost nothing any more. */
  @Override
  public void close() {
    walks.forEach(DatabaseWalk::close);
  }
}
