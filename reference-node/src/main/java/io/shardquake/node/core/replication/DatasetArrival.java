package io.shardquake.node.core.replication;

import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.rdb.CorruptRdb;
import io.shardquake.node.core.value.EncodingLimits;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A full synchronization on the replica's side: a data set is promised, then announced, received
 * and loaded; what comes after it meanwhile is kept. Loading goes on if the link is lost. Not
 * thread-safe.
 */
final class DatasetArrival {
  /** Stands for the offset in a history where the master told none. */
  private static final long NO_OFFSET = -1;

  private final Configuration configuration;
  private final Databases databases;
  private final int hashSeed;
  private final Deque<byte[]> early = new ArrayDeque<>();
  private String promisedId = "";
  private long promisedOffset = NO_OFFSET;
  private @Nullable SnapshotReceiver snapshot;
  private @Nullable SnapshotLoading loading;

  DatasetArrival(Configuration configuration, Databases databases, int hashSeed) {
    this.configuration = configuration;
    this.databases = databases;
    this.hashSeed = hashSeed;
  }

  /** A data set will come, and after it the stream of a history from an offset on. */
  void promise(String id, long offset) {
    promisedId = id;
    promisedOffset = offset;
  }

  /** A data set will come; of what follows is not known where in which history it stands. */
  void promiseWithoutHistory() {
    promise(ReplicationHistory.NO_ID, NO_OFFSET);
  }

  /** Whether what follows the data set can be resumed. */
  boolean isResumable() {
    return promisedOffset != NO_OFFSET;
  }

  /** The ID of the history that follows. */
  String id() {
    return promisedId;
  }

  /** Where in its history the data set stands; 0 if that is not known. */
  long offset() {
    return Math.max(promisedOffset, 0);
  }

  /** Takes the line that announces the data set; false if it does not. */
  boolean announced(String line) {
    snapshot = SnapshotReceiver.announcedBy(line).orElse(null);
    return snapshot != null;
  }

  /** The data set on its way here. */
  Optional<SnapshotReceiver> snapshot() {
    return Optional.ofNullable(snapshot);
  }

  /** Whether the end of the data set is marked, rather than its length known. */
  boolean isMarked() {
    return snapshot != null && snapshot.isMarked();
  }

  /** Bytes of the data set received so far. */
  long received() {
    return snapshot == null ? 0 : snapshot.received();
  }

  /** Takes bytes of the data set; whether it is complete now. */
  boolean receive(byte[] data) {
    if (snapshot == null) {
      return false;
    }
    byte[] rest = snapshot.feed(data);
    if (snapshot.isComplete() && rest.length > 0) {
      early.addLast(rest);
    }
    return snapshot.isComplete();
  }

  /** Keeps what comes after the data set until that is loaded. */
  void keep(byte[] data) {
    early.addLast(data);
  }

  /** Begins to load what has been received, in the place of all data that there is. */
  void load() {
    loading =
        new SnapshotLoading(
            snapshot().orElseThrow(), databases, EncodingLimits.of(configuration, hashSeed));
  }

  boolean isLoading() {
    return loading != null;
  }

  /**
   * Loads a slice.
   *
   * @return what has been loaded, when that is all
   * @throws CorruptRdb if the data set cannot be read; loading is over then
   */
  Optional<SnapshotLoading> step() throws CorruptRdb {
    SnapshotLoading running = loading;
    if (running == null) {
      return Optional.empty();
    }
    try {
      if (running.step()) {
        return Optional.empty();
      }
    } catch (CorruptRdb e) {
      loading = null;
      throw e;
    }
    loading = null;
    return Optional.of(running);
  }

  /** Takes what has come after the data set so far, which is over with that. */
  List<byte[]> takeEarly() {
    List<byte[]> waiting = List.copyOf(early);
    linkLost();
    return waiting;
  }

  /** Forgets what was not complete, and what came after; loading goes on. */
  void linkLost() {
    snapshot = null;
    early.clear();
  }
}
