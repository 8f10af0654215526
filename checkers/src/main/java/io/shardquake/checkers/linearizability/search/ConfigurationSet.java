package io.shardquake.checkers.linearizability.search;

import static io.shardquake.checkers.linearizability.search.ConfigurationLayout.BARE;
import static io.shardquake.checkers.linearizability.search.ConfigurationLayout.FREE;
import static io.shardquake.checkers.linearizability.search.ConfigurationLayout.HEAD;

import io.shardquake.checkers.linearizability.analysis.SearchEndedException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Configurations of which none dominates another (see {@link Linearizer}): adding one that is
 * dominated does nothing, and adding one that dominates others removes them. Entries are numbered
 * from 0 in the order of their adding; numbers of removed entries are not reused.
 *
 * <p>A hash table of chains: configurations that might dominate each other share a chain. A long
 * chain is not searched as a whole, but for equality only, so that adding stays cheap; the set may
 * then hold more than it must.
 */
final class ConfigurationSet {
  private static final int CHAIN_SEARCHED = 128;
  private static final int NONE = -1;
  private static final int SOON = 512;

  private final ConfigurationLayout layout;
  private final int words;
  private final int greatestCapacity;
  private final BitSet removed = new BitSet();
  private long[] data;
  private long[] tags = new long[16];
  private int[] next = new int[16];
  private int[] hashes = new int[16];
  private int[] heads = new int[32];
  private int size;

  ConfigurationSet(ConfigurationLayout layout) {
    this.layout = layout;
    this.words = layout.words;
    this.greatestCapacity = (Integer.MAX_VALUE - 8) / words;
    this.data = new long[tags.length * words];
    Arrays.fill(heads, NONE);
  }

  /** One more than the greatest number of an entry. */
  int size() {
    return size;
  }

  boolean lives(int entry) {
    return !removed.get(entry);
  }

  /** Takes an entry out; nothing may be added until the set is cleared. */
  void remove(int entry) {
    removed.set(entry);
  }

  void load(int entry, long[] configuration) {
    System.arraycopy(data, entry * words, configuration, 0, words);
  }

  /** Replaces an entry by the same with more observers done. */
  void store(int entry, long[] configuration) {
    System.arraycopy(configuration, 0, data, entry * words, words);
  }

  long word(int entry, int word) {
    return data[entry * words + word];
  }

  /** What the caller attached to the entry. */
  long tag(int entry) {
    return tags[entry];
  }

  /** Memory that the arrays will hold at most while some more configurations are added. */
  long bytesToAdd() {
    long bytes = tags.length * (words * 8L + 16) + heads.length * 4L;
    return size + SOON < tags.length ? bytes : bytes * 3;
  }

  void clear() {
    if (size * 4 > heads.length) {
      Arrays.fill(heads, NONE);
    } else {
      for (int entry = 0; entry < size; entry++) {
        heads[bucket(hashes[entry])] = NONE;
      }
    }
    removed.clear();
    size = 0;
  }

  /**
   * Adds a configuration unless it is dominated.
   *
   * @param masks the open slots by kind at the configuration's position
   * @return whether it was added
   */
  boolean add(long[] configuration, SlotMasks masks, long tag) {
    int hash = sharedHash(configuration, masks);
    int searched = 0;
    int before = NONE;
    for (int entry = heads[bucket(hash)]; entry != NONE; entry = next[entry]) {
      if (dominates(data, entry * words, configuration, 0, masks)) {
        return false;
      }
      if (dominates(configuration, 0, data, entry * words, masks)) {
        removed.set(entry);
        unlink(bucket(hash), before, entry);
      } else {
        before = entry;
      }
      if (++searched == CHAIN_SEARCHED) {
        hash = fullHash(configuration);
        if (holdsEqual(hash, configuration)) {
          return false;
        }
        break;
      }
    }
    append(configuration, tag, hash);
    return true;
  }

  private void append(long[] configuration, long tag, int hash) {
    if (size == tags.length) {
      grow();
    }
    System.arraycopy(configuration, 0, data, size * words, words);
    tags[size] = tag;
    hashes[size] = hash;
    link(size++);
  }

  private void grow() {
    if (size == greatestCapacity) {
      throw new SearchEndedException("more configurations than an array can hold");
    }
    int capacity = (int) Math.min(size * 2L, greatestCapacity);
    data = Arrays.copyOf(data, capacity * words);
    tags = Arrays.copyOf(tags, capacity);
    next = Arrays.copyOf(next, capacity);
    hashes = Arrays.copyOf(hashes, capacity);
    heads = new int[heads.length * 2];
    Arrays.fill(heads, NONE);
    for (int entry = 0; entry < size; entry++) {
      if (lives(entry)) {
        link(entry);
      }
    }
  }

  private void link(int entry) {
    int bucket = bucket(hashes[entry]);
    next[entry] = heads[bucket];
    heads[bucket] = entry;
  }

  private void unlink(int bucket, int before, int entry) {
    if (before == NONE) {
      heads[bucket] = next[entry];
    } else {
      next[before] = next[entry];
    }
  }

  private boolean holdsEqual(int hash, long[] configuration) {
    for (int entry = heads[bucket(hash)]; entry != NONE; entry = next[entry]) {
      int at = entry * words;
      if (hashes[entry] == hash && Arrays.equals(data, at, at + words, configuration, 0, words)) {
        return true;
      }
    }
    return false;
  }

  private int bucket(int hash) {
    return hash & (heads.length - 1);
  }

  /** Equal for configurations of which one may dominate the other. */
  private int sharedHash(long[] configuration, SlotMasks masks) {
    long hash = configuration[HEAD] & ~BARE;
    for (int i = 0; i < layout.slotWords; i++) {
      hash = hash * 0x9e3779b97f4a7c15L + (configuration[layout.done + i] & masks.changers[i]);
    }
    return (int) LongIntMap.mix(hash);
  }

  private int fullHash(long[] configuration) {
    long hash = 1;
    for (int i = 0; i < words; i++) {
      hash = LongIntMap.mix(hash * 31 + configuration[i]);
    }
    return (int) hash;
  }

  /**
   * Whether X dominates Y: same state, and operation by operation X is at least as good, where free
   * is better than done and than pending, for an observer done is better than pending, and of Info
   * operations fewer are used.
   */
  private boolean dominates(long[] x, int xAt, long[] y, int yAt, SlotMasks masks) {
    long headX = x[xAt + HEAD];
    long headY = y[yAt + HEAD];
    if ((headX | BARE) != (headY | BARE) || (headX & ~headY & BARE) != 0) {
      return false;
    }
    for (int i = 0; i < layout.slotWords; i++) {
      long doneX = x[xAt + layout.done + i];
      long doneY = y[yAt + layout.done + i];
      long freeX = x[xAt + FREE + i];
      long freeY = y[yAt + FREE + i];
      long worse =
          (doneX & ~masks.observers[i] & ~doneY) | (freeY & ~freeX) | (doneY & ~(doneX | freeX));
      if (worse != 0) {
        return false;
      }
    }
    for (int word = layout.counts; word < words; word++) {
      if (!layout.countsAtMost(word, x[xAt + word], y[yAt + word])) {
        return false;
      }
    }
    return true;
  }
}
