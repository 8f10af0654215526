package io.shardquake.checkers.linearizability.search;

import java.util.Arrays;

/** A hash map from non-negative longs to ints, open addressing on primitive arrays. */
final class LongIntMap {
  private static final long EMPTY = -1;

  private long[] keys = new long[64];
  private int[] values = new int[64];
  private int size;

  LongIntMap() {
    Arrays.fill(keys, EMPTY);
  }

  int getOrDefault(long key, int otherwise) {
    int at = find(keys, key);
    return keys[at] == EMPTY ? otherwise : values[at];
  }

  void put(long key, int value) {
    int at = find(keys, key);
    if (keys[at] == EMPTY) {
      keys[at] = key;
      size++;
    }
    values[at] = value;
    if (size * 3 > keys.length * 2) {
      grow();
    }
  }

  long bytes() {
    return keys.length * 12L;
  }

  private void grow() {
    long[] more = new long[keys.length * 2];
    int[] moreValues = new int[more.length];
    Arrays.fill(more, EMPTY);
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != EMPTY) {
        int at = find(more, keys[i]);
        more[at] = keys[i];
        moreValues[at] = values[i];
      }
    }
    keys = more;
    values = moreValues;
  }

  private static int find(long[] keys, long key) {
    int mask = keys.length - 1;
    int at = (int) mix(key) & mask;
    while (keys[at] != EMPTY && keys[at] != key) {
      at = (at + 1) & mask;
    }
    return at;
  }

  /** Spreads the bits of a key over a word (the finalizer of SplitMix64). */
  static long mix(long key) {
    long x = key;
    x = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }
}
