package io.shardquake.node.core.persistence;

import io.shardquake.node.core.config.Configuration;

/**
 * What the files of an append-only file are called.
 *
 * @param directory within the node's directory
 * @param file the stem of all names
 */
record AofNames(String directory, String file) {
  /** What a rewrite writes until it is complete. */
  static final String TEMPORARY_BASE = "temp-rewriteaof-bg.aof";

  /** Where effects are kept that come while the first base is being written. */
  static final String TEMPORARY_INCREMENT = "temp-appendonly.aof.incr";

  static AofNames of(Configuration configuration) {
    return new AofNames(configuration.text("appenddirname"), configuration.text("appendfilename"));
  }

  String manifest() {
    return in(file + ".manifest");
  }

  /** The path of a file that the manifest names. */
  String in(String name) {
    return directory + "/" + name;
  }

  AofManifest.Entry base(long sequence, boolean asRdb) {
    return new AofManifest.Entry(
        file + "." + sequence + ".base." + (asRdb ? "rdb" : "aof"), sequence);
  }

  AofManifest.Entry increment(long sequence) {
    return new AofManifest.Entry(file + "." + sequence + ".incr.aof", sequence);
  }
}
