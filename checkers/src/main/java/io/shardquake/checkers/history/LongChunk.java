package io.shardquake.checkers.history;

/** Up to {@link #ROWS} numbers of a {@link Column}. Not thread-safe while it is written. */
sealed interface LongChunk permits LooseChunk, PackedChunk {
  /** How many numbers a full chunk has. */
  int ROWS = 1 << 10;

  /** The number at a position; any number if it was never set. */
  long get(int position);

  /**
   * Sets the number at a position.
   *
   * @return what holds the numbers from now on; this is of no use afterwards
   */
  LongChunk with(int position, long value);

  /** What holds the same numbers in least room. */
  PackedChunk packed();
}
