package io.shardquake.checkers.history;

import java.util.Arrays;

/** Numbers as they are, quickly written. */
final class LooseChunk implements LongChunk {
  private long[] values;
  private long least = Long.MAX_VALUE;
  private long greatest = Long.MIN_VALUE;

  LooseChunk(int capacity) {
    values = new long[capacity];
  }

  @Override
  public long get(int position) {
    return position < values.length ? values[position] : 0;
  }

  @Override
  public LongChunk with(int position, long value) {
    if (position >= values.length) {
      values = Arrays.copyOf(values, Math.max(2 * values.length, position + 1));
    }
    values[position] = value;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
    return this;
  }

  @Override
  public PackedChunk packed() {
    return least > greatest ? PackedChunk.UNSET : PackedChunk.of(values, least, greatest);
  }
}
