package io.shardquake.node.core.command;

/**
 * The indexes {@code [from, to)} of a sequence.
 *
 * @param from the first; 0 if there are none
 */
public record IndexRange(int from, int to) {
  private static final IndexRange EMPTY = new IndexRange(0, 0);

  /** What LRANGE and ZRANGE mean by two indexes, both included, negative from the end. */
  public static IndexRange of(long start, long stop, int size) {
    long first = Math.max(start < 0 ? start + size : start, 0);
    long last = Math.min(stop < 0 ? stop + size : stop, size - 1L);
    return first > last ? EMPTY : new IndexRange((int) first, (int) last + 1);
  }

  public int length() {
    return to - from;
  }
}
