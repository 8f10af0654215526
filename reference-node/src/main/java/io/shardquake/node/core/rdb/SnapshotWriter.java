package io.shardquake.node.core.rdb;

import io.shardquake.node.core.value.Value;

/** Writes functions and keys in one of the forms that a snapshot can have. */
public interface SnapshotWriter {
  /** Writes a library of functions; before the first key. */
  void function(byte[] code);

  /**
   * Writes a key with its value.
   *
   * @param expiry Unix milliseconds; -1 for none
   */
  void key(int database, byte[] key, Value value, long expiry);

  /** Writes what comes after the last key. */
  void end();

  /** Bytes written but not taken yet. */
  int pending();

  /** What was written since the last call. */
  byte[] take();
}
