package io.shardquake.checkers.history;

import java.util.Arrays;

/**
 * A growing column of numbers that takes little room for numbers that lie close together: each
 * chunk of rows is packed into as few bits a number as its range needs, once the column has grown
 * some way beyond it. Chunks, not one array, so that growing never copies what is there.
 *
 * <p>A row that was never set reads as any number. Not thread-safe while it is written.
 */
final class Column {
  private static final int SHIFT = Integer.numberOfTrailingZeros(LongChunk.ROWS);
  private static final int MASK = LongChunk.ROWS - 1;
  private static final int SMALLEST = 16;

  /**
   * How many chunks behind the newest are still written as they are: nearly every operation
   * completes before so many others are invoked.
   */
  private static final int LOOSE = 4;

  private LongChunk[] chunks = {};

  /** Chunks below this are packed, or were never set. */
  private int packedBelow;

  /** The number at {@code row}, which must not lie beyond the chunk of the last row set. */
  long get(int row) {
    return chunks[row >>> SHIFT].get(row & MASK);
  }

  /** Sets the number at {@code row}. */
  void set(int row, long value) {
    int chunk = row >>> SHIFT;
    if (chunk >= chunks.length) {
      addChunk(chunk);
    }
    LongChunk before = chunks[chunk];
    if (before == PackedChunk.UNSET && chunk >= packedBelow) {
      packBelow(chunk - LOOSE);
      // A short history should cost little, and a long one should not be copied.
      before = new LooseChunk(chunk == 0 ? SMALLEST : LongChunk.ROWS);
    }
    chunks[chunk] = before.with(row & MASK, value);
  }

  /** Packs everything: there is nothing more to come. */
  void pack() {
    packBelow(chunks.length);
  }

  private void addChunk(int chunk) {
    int before = chunks.length;
    chunks = Arrays.copyOf(chunks, Math.max(chunk + 1, before + before / 2));
    Arrays.fill(chunks, before, chunks.length, PackedChunk.UNSET);
  }

  private void packBelow(int bound) {
    for (; packedBelow < bound; packedBelow++) {
      chunks[packedBelow] = chunks[packedBelow].packed();
    }
  }
}
