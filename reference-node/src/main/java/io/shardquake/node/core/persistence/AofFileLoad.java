package io.shardquake.node.core.persistence;

import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.rdb.CorruptRdb;
import io.shardquake.node.core.rdb.RdbLoader;
import io.shardquake.node.core.value.EncodingLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Takes one file of an append-only file up: an RDB, requests, or an RDB with requests after it. Not
 * thread-safe.
 */
final class AofFileLoad implements FileReading.Reader {
  /** Hears how it ends. */
  interface Listener {
    /** The file is complete. */
    void loaded(long size);

    /**
     * The file ends within a request or a transaction.
     *
     * @param valid how many of its bytes are good
     */
    void truncated(long valid, long size);

    /** The file cannot be used; {@code reason} in one line. */
    void unusable(String reason);

    /** The file does not exist. */
    void missing();
  }

  private static final byte[] RDB_MAGIC = "REDIS".getBytes(StandardCharsets.US_ASCII);
  private static final int BUDGET = 1 << 20;

  private final Databases databases;
  private final EncodingLimits limits;
  private final Replay replay;
  private final Listener listener;
  private final AofParser parser = new AofParser();
  private Optional<RdbLoader> rdb = Optional.empty();
  private final int dropped;
  private final Deque<byte[][]> late = new ArrayDeque<>();
  private boolean begun;
  private boolean broken;
  private long size;
  private long afterRdb;
  private long valid;

  /**
   * A load that has not begun.
   *
   * @param dropped how many requests at the end of the file are left out
   */
  AofFileLoad(
      Databases databases, EncodingLimits limits, Replay replay, Listener listener, int dropped) {
    this.dropped = dropped;
    this.databases = databases;
    this.limits = limits;
    this.replay = replay;
    this.listener = listener;
    replay.begin();
  }

  @Override
  public void piece(byte[] data) {
    if (broken) {
      return;
    }
    size += data.length;
    if (!begun) {
      begun = true;
      if (data.length >= RDB_MAGIC.length
          && Arrays.equals(data, 0, RDB_MAGIC.length, RDB_MAGIC, 0, RDB_MAGIC.length)) {
        rdb = Optional.of(new RdbLoader(databases, limits, OptionalLong.empty()));
      }
    }
    try {
      take(data);
    } catch (CorruptRdb | CorruptAof e) {
      broken = true;
      listener.unusable(String.valueOf(e.getMessage()));
    }
  }

  private void take(byte[] data) throws CorruptRdb, CorruptAof {
    RdbLoader loader = rdb.orElse(null);
    if (loader == null) {
      parser.feed(data);
    } else {
      loader.feed(data);
      boolean more = true;
      while (more) {
        more = loader.load(BUDGET);
      }
      if (!loader.isComplete()) {
        return;
      }
      afterRdb = loader.consumed();
      valid = afterRdb;
      parser.feed(loader.rest());
      rdb = Optional.empty();
    }
    for (byte[][] request = parser.next(); request.length > 0; request = parser.next()) {
      if (!run(request)) {
        throw new CorruptAof(
            "the unknown command '" + new String(request[0], StandardCharsets.UTF_8) + "'",
            afterRdb + parser.offset());
      }
      if (!replay.isInTransaction()) {
        valid = afterRdb + parser.offset();
      }
    }
  }

  private boolean run(byte[][] request) {
    late.addLast(request);
    return late.size() <= dropped || replay.run(late.removeFirst());
  }

  @Override
  public void end(boolean exists) {
    if (broken) {
      return;
    }
    if (!exists) {
      listener.missing();
    } else if (rdb.isPresent()) {
      listener.unusable("the RDB in it ends too early");
    } else if (parser.hasRest() || replay.isInTransaction()) {
      listener.truncated(valid, size);
    } else {
      listener.loaded(size);
    }
  }

  @Override
  public void failed(String reason) {
    listener.unusable(reason);
  }
}
