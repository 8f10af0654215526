package io.shardquake.node.core.cluster;

import java.util.ArrayList;
import java.util.List;

/** What a node is, and what is thought of it; in the order in which CLUSTER NODES prints them. */
enum NodeFlag {
  MYSELF(16, "myself"),
  MASTER(1, "master"),
  REPLICA(2, "slave"),
  /** This node alone holds it to be failing. */
  PFAIL(4, "fail?"),
  /** A majority holds it to be failing. */
  FAIL(8, "fail"),
  /** Not known by its real ID yet. */
  HANDSHAKE(32, "handshake"),
  /** Its address is unknown. */
  NOADDR(64, "noaddr"),
  /** Does not want to be elected. */
  NOFAILOVER(512, "nofailover"),
  /** To be greeted with MEET. */
  MEET(128, ""),
  /** A master that had replicas, so that replicas of others may move to it. */
  MIGRATE_TO(256, "");

  private final int bit;
  private final String word;

  NodeFlag(int bit, String word) {
    this.bit = bit;
    this.word = word;
  }

  int bit() {
    return bit;
  }

  boolean in(int flags) {
    return (flags & bit) != 0;
  }

  /** The words for a set of flags, comma separated; {@code noflags} for none. */
  static String words(int flags) {
    List<String> words = new ArrayList<>();
    for (NodeFlag flag : values()) {
      if (flag.in(flags) && !flag.word.isEmpty()) {
        words.add(flag.word);
      }
    }
    return words.isEmpty() ? "noflags" : String.join(",", words);
  }

  /**
   * The set of flags that words stand for.
   *
   * @throws IllegalArgumentException if a word is no flag
   */
  static int parse(String words) {
    int flags = 0;
    if (words.equals("noflags")) {
      return flags;
    }
    for (String word : words.split(",", -1)) {
      flags |= ofWord(word).bit;
    }
    return flags;
  }

  private static NodeFlag ofWord(String word) {
    for (NodeFlag flag : values()) {
      if (flag.word.equals(word) && !word.isEmpty()) {
        return flag;
      }
    }
    throw new IllegalArgumentException("unknown node flag '" + word + "'");
  }
}
