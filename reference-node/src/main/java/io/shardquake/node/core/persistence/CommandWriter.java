package io.shardquake.node.core.persistence;

import io.shardquake.node.core.rdb.SnapshotWriter;
import io.shardquake.node.core.resp.RealNumber;
import io.shardquake.node.core.resp.ReplyBuffer;
import io.shardquake.node.core.value.HashValue;
import io.shardquake.node.core.value.ListValue;
import io.shardquake.node.core.value.SetValue;
import io.shardquake.node.core.value.SortedSetValue;
import io.shardquake.node.core.value.StreamValue;
import io.shardquake.node.core.value.StringValue;
import io.shardquake.node.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a snapshot as the commands that make it anew, the form of an append-only file's base
 * without {@code aof-use-rdb-preamble}. Not thread-safe.
 */
final class CommandWriter implements SnapshotWriter {
  /** How many elements one command adds at most, as in Redis. */
  private static final int ELEMENTS = 64;

  private final ReplyBuffer out = new ReplyBuffer();
  private int selected = -1;

  /** Collects the elements of a collection into commands. */
  private final class Batch {
    private final String command;
    private final byte[] key;
    private final int wordsEach;
    private final List<byte[]> words = new ArrayList<>();

    Batch(String command, byte[] key, int wordsEach) {
      this.command = command;
      this.key = key;
      this.wordsEach = wordsEach;
    }

    void add(byte[]... element) {
      words.addAll(List.of(element));
      if (words.size() == ELEMENTS * wordsEach) {
        flush();
      }
    }

    void flush() {
      if (words.isEmpty()) {
        return;
      }
      out.array(2 + words.size());
      out.bulk(command);
      out.bulk(key);
      words.forEach(out::bulk);
      words.clear();
    }
  }

  @Override
  public void function(byte[] code) {
    out.bulks(List.of(ascii("FUNCTION"), ascii("LOAD"), code));
  }

  @Override
  public void key(int database, byte[] key, Value value, long expiry) {
    if (database != selected) {
      out.bulks(List.of(ascii("SELECT"), ascii(Integer.toString(database))));
      selected = database;
    }
    if (value instanceof StringValue string) {
      out.bulks(List.of(ascii("SET"), key, string.bytes()));
    } else if (value instanceof ListValue list) {
      Batch batch = new Batch("RPUSH", key, 1);
      list.forEach(batch::add);
      batch.flush();
    } else if (value instanceof SetValue set) {
      Batch batch = new Batch("SADD", key, 1);
      set.forEach(batch::add);
      batch.flush();
    } else if (value instanceof HashValue hash) {
      Batch batch = new Batch("HMSET", key, 2);
      hash.forEach(batch::add);
      batch.flush();
    } else if (value instanceof SortedSetValue sortedSet) {
      Batch batch = new Batch("ZADD", key, 2);
      sortedSet.forEach((member, score) -> batch.add(ascii(RealNumber.format(score)), member));
      batch.flush();
    } else if (value instanceof StreamValue stream) {
      StreamCommandsOf.write(stream, key, out);
    }
    if (expiry >= 0) {
      out.bulks(List.of(ascii("PEXPIREAT"), key, ascii(Long.toString(expiry))));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void end() {}

  @Override
  public int pending() {
    return out.length();
  }

  @Override
  public byte[] take() {
    return out.take();
  }
}
