package io.shardquake.checkers.history;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Numbers for byte strings that recur, found without making objects: a hash table with linear
 * probing. A shortcut, not a dictionary: once it is full it takes no more. Not thread-safe.
 */
final class TokenTable {
  /** The number of a byte string that is not here. */
  static final int ABSENT = -1;

  private static final int MOST = 1 << 17;
  private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte[] FREE = {};

  private byte[][] tokens = new byte[64][];
  private int[] numbers = new int[64];
  private int size;

  TokenTable() {
    Arrays.fill(tokens, FREE);
  }

  /** The number of the bytes, or {@link #ABSENT}. */
  int find(byte[] buffer, int from, int to) {
    int slot = slot(buffer, from, to);
    return tokens[slot] == FREE ? ABSENT : numbers[slot];
  }

  /** Notes the number of bytes that are {@link #ABSENT}. There must be at least one byte. */
  void add(byte[] buffer, int from, int to, int number) {
    if (size == MOST) {
      return;
    }
    if (2 * size >= tokens.length) {
      grow();
    }
    int slot = slot(buffer, from, to);
    tokens[slot] = Arrays.copyOfRange(buffer, from, to);
    numbers[slot] = number;
    size++;
  }

  private int slot(byte[] buffer, int from, int to) {
    int mask = tokens.length - 1;
    int slot = hash(buffer, from, to) & mask;
    while (tokens[slot] != FREE
        && !Arrays.equals(tokens[slot], 0, tokens[slot].length, buffer, from, to)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static int hash(byte[] buffer, int from, int to) {
    long hash = 0;
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      hash = (hash ^ (long) LONGS.get(buffer, i)) * MULTIPLIER;
      hash ^= hash >>> 32;
    }
    for (; i < to; i++) {
      hash = (hash ^ buffer[i]) * MULTIPLIER;
    }
    return (int) (hash >>> 32);
  }

  private void grow() {
    byte[][] oldTokens = tokens;
    int[] oldNumbers = numbers;
    tokens = new byte[2 * oldTokens.length][];
    numbers = new int[2 * oldTokens.length];
    Arrays.fill(tokens, FREE);
    for (int i = 0; i < oldTokens.length; i++) {
      if (oldTokens[i] != FREE) {
        int slot = slot(oldTokens[i], 0, oldTokens[i].length);
        tokens[slot] = oldTokens[i];
        numbers[slot] = oldNumbers[i];
      }
    }
  }
}
