package io.shardquake.checkers.history;

import java.util.stream.IntStream;

/** Rows of a {@link History} in ascending order: a view, without a copy. Immutable. */
public final class Rows {
  private final int[] rows;
  private final int from;
  private final int size;

  Rows(int[] rows, int from, int to) {
    this.rows = rows;
    this.from = from;
    this.size = to - from;
  }

  /** How many. */
  public int size() {
    return size;
  }

  /** The {@code position}-th row, from 0. */
  public int get(int position) {
    if (position < 0 || position >= size) {
      throw new IndexOutOfBoundsException("position " + position + " of " + size);
    }
    return rows[from + position];
  }

  /** All of them in order. */
  public IntStream stream() {
    return IntStream.range(from, from + size).map(i -> rows[i]);
  }
}
