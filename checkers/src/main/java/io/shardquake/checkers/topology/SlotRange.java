package io.shardquake.checkers.topology;

/** Hash slots {@code first} to {@code last}, both included; {@code 0 ≤ first ≤ last ≤ 16383}. */
public record SlotRange(int first, int last) {
  /** Number of hash slots in a Redis Cluster. */
  public static final int SLOTS = 16384;

  public SlotRange {
    if (first < 0 || last < first || last >= SLOTS) {
      throw new IllegalArgumentException("not a slot range: " + first + "-" + last);
    }
  }

  public boolean contains(int slot) {
    return first <= slot && slot <= last;
  }

  public int size() {
    return last - first + 1;
  }
}
