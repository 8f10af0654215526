package io.shardquake.node.core.bitmap;

/**
 * A range of bits.
 *
 * @param from the first bit
 * @param to the last bit; before {@code from} if the range is empty
 */
record BitRange(long from, long to) {

  /**
   * The range between two indexes, negative ones counted from the end.
   *
   * @param bits whether they count bits, or else bytes
   * @param length of the string in bytes
   */
  static BitRange between(long start, long end, boolean bits, int length) {
    long total = bits ? 8L * length : length;
    long first = Math.max(0, start < 0 ? total + start : start);
    long last = Math.min(total - 1, Math.max(0, end < 0 ? total + end : end));
    if (first > last) {
      return new BitRange(0, -1);
    }
    return bits ? new BitRange(first, last) : new BitRange(8 * first, 8 * last + 7);
  }

  boolean isEmpty() {
    return from > to;
  }

  /** How many bits in the range are set. */
  long count(byte[] bytes) {
    long count = 0;
    long i = from;
    while (i <= to) {
      if ((i & 7) == 0 && i + 7 <= to) {
        count += Integer.bitCount(bytes[(int) (i >> 3)] & 0xff);
        i += 8;
      } else {
        count += bit(bytes, i);
        i++;
      }
    }
    return count;
  }

  /** The first bit of the range that is {@code wanted}, 0 or 1; -1 if there is none. */
  long find(byte[] bytes, int wanted) {
    int skipped = wanted == 1 ? 0 : 0xff;
    long i = from;
    while (i <= to) {
      if ((i & 7) == 0 && i + 7 <= to && (bytes[(int) (i >> 3)] & 0xff) == skipped) {
        i += 8;
      } else if (bit(bytes, i) == wanted) {
        return i;
      } else {
        i++;
      }
    }
    return -1;
  }

  private static int bit(byte[] bytes, long index) {
    return bytes[(int) (index >> 3)] >> (7 - (index & 7)) & 1;
  }
}
