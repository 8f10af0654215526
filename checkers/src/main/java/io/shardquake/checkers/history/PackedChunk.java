package io.shardquake.checkers.history;

/**
 * Numbers as differences from the least of them, each in as many bits as the greatest needs, one
 * after the other over the borders of words. Arithmetic is modulo 2⁶⁴ throughout, so that any range
 * serves.
 */
final class PackedChunk implements LongChunk {
  /** Numbers none of which was set. */
  static final PackedChunk UNSET = new PackedChunk(0, 0, new long[0]);

  private final long base;
  private final int width;
  private final long[] words;

  private PackedChunk(long base, int width, long[] words) {
    this.base = base;
    this.width = width;
    this.words = words;
  }

  /** Packs numbers; those outside of the bounds were never set, and read as one within. */
  static PackedChunk of(long[] values, long least, long greatest) {
    int width = bitsOf(greatest - least);
    PackedChunk packed = sized(least, width, values.length);
    if (width > 0) {
      for (int position = 0; position < values.length; position++) {
        long value = Math.min(Math.max(values[position], least), greatest);
        packed.put(position, value - least);
      }
    }
    return packed;
  }

  @Override
  public long get(int position) {
    return width == 0 || position >= capacity() ? base : base + difference(position);
  }

  /**
   * Sets a number behind the time for which the chunk was loose. Where the range must grow, it
   * grows by whole bits, so that this happens at most 64 times.
   */
  @Override
  public LongChunk with(int position, long value) {
    if (this == UNSET) {
      return new PackedChunk(value, 0, words);
    }
    long difference = value - base;
    if (Long.compareUnsigned(difference, greatestDifference()) > 0) {
      return widened(value).with(position, value);
    }
    if (width > 0) {
      if (position >= capacity()) {
        return resized(base, width).with(position, value);
      }
      put(position, difference);
    }
    return this;
  }

  @Override
  public PackedChunk packed() {
    return this;
  }

  /** The same numbers in a range that includes one more, upwards or downwards, what is shorter. */
  private PackedChunk widened(long value) {
    long last = base + greatestDifference();
    int upwards = bitsOf(value - base);
    int downwards = bitsOf(last - value);
    return upwards <= downwards
        ? resized(base, upwards)
        : resized(last - mask(downwards), downwards);
  }

  private PackedChunk resized(long newBase, int newWidth) {
    PackedChunk resized = sized(newBase, newWidth, ROWS);
    for (int position = 0; position < ROWS; position++) {
      resized.put(position, get(position) - newBase);
    }
    return resized;
  }

  private static PackedChunk sized(long base, int width, int rows) {
    int words = (int) (((long) rows * width + Long.SIZE - 1) / Long.SIZE);
    return words == 0
        ? new PackedChunk(base, 0, UNSET.words)
        : new PackedChunk(base, width, new long[words]);
  }

  /** How many numbers there is room for, where they take any. */
  private int capacity() {
    return words.length * Long.SIZE / width;
  }

  private long greatestDifference() {
    return width == 0 ? 0 : mask(width);
  }

  private long difference(int position) {
    int bit = position * width;
    int word = bit >>> 6;
    long difference = words[word] >>> bit;
    if ((bit & 63) + width > Long.SIZE) {
      difference |= words[word + 1] << -bit;
    }
    return difference & mask(width);
  }

  private void put(int position, long difference) {
    int bit = position * width;
    int word = bit >>> 6;
    words[word] = (words[word] & ~(mask(width) << bit)) | (difference << bit);
    if ((bit & 63) + width > Long.SIZE) {
      words[word + 1] = (words[word + 1] & ~(mask(width) >>> -bit)) | (difference >>> -bit);
    }
  }

  /** Ones in that many of the lowest bits, at least one. */
  private static long mask(int bits) {
    return -1L >>> (Long.SIZE - bits);
  }

  private static int bitsOf(long unsigned) {
    return Long.SIZE - Long.numberOfLeadingZeros(unsigned);
  }
}
