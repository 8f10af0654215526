package io.shardquake.checkers.history;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A growing column of numbers that takes little room for numbers that lie close together: each
 * chunk of rows holds differences from its first number in as few bytes as the largest needs.
 * Chunks, not one array, so that growing never copies what is there.
 *
 * <p>A row that was never set reads as any number. Not thread-safe while it is written.
 */
final class Column {
  private static final int SHIFT = 14;
  private static final int CHUNK = 1 << SHIFT;
  private static final int MASK = CHUNK - 1;
  private static final int SMALLEST = 16;

  private static final VarHandle SHORTS = view(short[].class);
  private static final VarHandle INTS = view(int[].class);
  private static final VarHandle LONGS = view(long[].class);

  private byte[][] chunks = {};
  private byte[] widths = {};
  private long[] bases = {};

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.nativeOrder());
  }

  /** The number at {@code row}, which must have been set. */
  long get(int row) {
    int chunk = row >>> SHIFT;
    return bases[chunk] + difference(chunks[chunk], widths[chunk], row & MASK);
  }

  /** Sets the number at {@code row}, at most one chunk beyond the last row set so far. */
  void set(int row, long value) {
    int chunk = row >>> SHIFT;
    if (chunk >= chunks.length) {
      addChunk(chunk);
    }
    if (chunks[chunk].length == 0) {
      chunks[chunk] = new byte[SMALLEST];
      widths[chunk] = 1;
      bases[chunk] = value;
    }
    long difference = value - bases[chunk];
    int width = Math.max(widths[chunk], widthOf(difference));
    int position = row & MASK;
    if (width > widths[chunk] || position >= chunks[chunk].length / width) {
      resize(chunk, width, position);
    }
    store(chunks[chunk], width, position, difference);
  }

  /** Bytes held. */
  long bytes() {
    long sum = 0;
    for (byte[] chunk : chunks) {
      sum += chunk.length;
    }
    return sum;
  }

  private void addChunk(int chunk) {
    int length = Math.max(chunk + 1, chunks.length + chunks.length / 2);
    int before = chunks.length;
    chunks = Arrays.copyOf(chunks, length);
    widths = Arrays.copyOf(widths, length);
    bases = Arrays.copyOf(bases, length);
    Arrays.fill(chunks, before, length, new byte[0]);
  }

  /**
   * Only the first chunk starts small: a short history should cost little, and a long one should
   * not be copied.
   */
  private void resize(int chunk, int width, int position) {
    byte[] old = chunks[chunk];
    int oldWidth = widths[chunk];
    int rows = old.length / oldWidth;
    if (position >= rows) {
      rows = chunk > 0 ? CHUNK : Math.min(CHUNK, Math.max(2 * rows, position + 1));
    }
    byte[] grown = new byte[rows * width];
    for (int i = 0; i < old.length / oldWidth; i++) {
      store(grown, width, i, difference(old, oldWidth, i));
    }
    chunks[chunk] = grown;
    widths[chunk] = (byte) width;
  }

  /**
   * Differences wrap around in 64 bits, which adding the base undoes, so any base serves any
   * number.
   */
  private static int widthOf(long difference) {
    if (difference == (byte) difference) {
      return 1;
    }
    if (difference == (short) difference) {
      return 2;
    }
    return difference == (int) difference ? 4 : 8;
  }

  private static long difference(byte[] chunk, int width, int position) {
    return switch (width) {
      case 1 -> chunk[position];
      case 2 -> (short) SHORTS.get(chunk, position << 1);
      case 4 -> (int) INTS.get(chunk, position << 2);
      default -> (long) LONGS.get(chunk, position << 3);
    };
  }

  private static void store(byte[] chunk, int width, int position, long difference) {
    switch (width) {
      case 1 -> chunk[position] = (byte) difference;
      case 2 -> SHORTS.set(chunk, position << 1, (short) difference);
      case 4 -> INTS.set(chunk, position << 2, (int) difference);
      default -> LONGS.set(chunk, position << 3, difference);
    }
  }
}
