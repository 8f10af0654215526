package io.shardquake.node.core.replication;

import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.keyspace.Keyspace;
import io.shardquake.node.core.rdb.CorruptRdb;
import io.shardquake.node.core.rdb.RdbLoader;
import io.shardquake.node.core.resp.StrictInteger;
import io.shardquake.node.core.value.EncodingLimits;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/** Puts a complete snapshot in the place of this node's data, in slices. Not thread-safe. */
final class SnapshotLoading {
  /** Bytes of one slice, which takes about a millisecond. */
  private static final int SLICE = 128 * 1024;

  private final SnapshotReceiver snapshot;
  private final RdbLoader loader;
  private final int databases;

  /** Empties the databases. */
  SnapshotLoading(SnapshotReceiver snapshot, Databases databases, EncodingLimits limits) {
    this.snapshot = snapshot;
    this.databases = databases.count();
    databases.all().forEach(Keyspace::clear);
    databases.functions().clear();
    // A replica keeps what has expired: only the master's DEL makes it go everywhere at once.
    this.loader = new RdbLoader(databases, limits, OptionalLong.empty());
  }

  /**
   * Loads a slice.
   *
   * @return whether there is more to load
   * @throws CorruptRdb if the snapshot cannot be read; what was read is in the databases
   */
  boolean step() throws CorruptRdb {
    long stop = loader.consumed() + SLICE;
    while (!loader.isComplete() && loader.consumed() < stop) {
      if (!loader.load(SLICE) && !loader.isComplete()) {
        Optional<byte[]> piece = snapshot.nextPiece();
        if (piece.isEmpty()) {
          throw new CorruptRdb("Unexpected EOF reading RDB file");
        }
        loader.feed(piece.get());
      }
    }
    return !loader.isComplete();
  }

  /** Keys loaded so far. */
  long keys() {
    return loader.keys();
  }

  /** The database that the stream after the snapshot begins in. */
  int database() {
    byte[] text = loader.aux().getOrDefault("repl-stream-db", "0").getBytes(StandardCharsets.UTF_8);
    long index = StrictInteger.parse(text, 0, text.length);
    return index < 0 || index >= databases ? 0 : (int) index;
  }
}
