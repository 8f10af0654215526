package io.shardquake.node.core.rdb;

import io.shardquake.node.core.value.Value;
import java.nio.charset.StandardCharsets;

/** Writes the records of an RDB file, in the order they are given. Not thread-safe. */
final class RdbWriter implements SnapshotWriter {
  private static final String REDIS_VERSION = "7.0.15";

  private final RdbOutput out = new RdbOutput();
  private final Crc64 crc = new Crc64();
  private int selected = -1;

  RdbWriter(SnapshotInfo info) {
    header(info);
  }

  @Override
  public int pending() {
    return out.length();
  }

  @Override
  public byte[] take() {
    byte[] bytes = out.take();
    crc.update(bytes, 0, bytes.length);
    return bytes;
  }

  private void header(SnapshotInfo info) {
    out.raw("REDIS%04d".formatted(RdbCode.VERSION).getBytes(StandardCharsets.US_ASCII));
    aux("redis-ver", REDIS_VERSION);
    aux("redis-bits", "64");
    aux("ctime", Long.toString(info.unixMillis() / 1000));
    info.replication()
        .ifPresent(
            point -> {
              aux("repl-stream-db", Integer.toString(point.database()));
              aux("repl-id", point.id());
              aux("repl-offset", Long.toString(point.offset()));
            });
    aux("aof-base", info.aofBase() ? "1" : "0");
  }

  private void aux(String name, String value) {
    out.code(RdbCode.AUX);
    out.string(name);
    out.string(value);
  }

  @Override
  public void function(byte[] code) {
    out.code(RdbCode.FUNCTION2);
    out.string(code);
  }

  @Override
  public void key(int database, byte[] key, Value value, long expiry) {
    if (database != selected) {
      out.code(RdbCode.SELECTDB);
      out.length(database);
      selected = database;
    }
    if (expiry >= 0) {
      out.code(RdbCode.EXPIRETIME_MS);
      out.int64(expiry);
    }
    out.code(ValueWriter.code(value));
    out.string(key);
    ValueWriter.write(value, out);
  }

  @Override
  public void end() {
    out.code(RdbCode.EOF);
    byte[] body = out.take();
    crc.update(body, 0, body.length);
    out.raw(body);
    out.int64(crc.value());
  }
}
