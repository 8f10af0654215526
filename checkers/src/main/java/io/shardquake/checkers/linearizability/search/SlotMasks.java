package io.shardquake.checkers.linearizability.search;

/** Which slots are open at one position of the history, by the effect of their operation. */
final class SlotMasks {
  final long[] observers;
  final long[] overwriters;
  final long[] changers;

  SlotMasks(int words) {
    observers = new long[words];
    overwriters = new long[words];
    changers = new long[words];
  }

  /** Makes these the same as others, less one slot. */
  void copyWithout(SlotMasks others, int slot) {
    copyWithout(others.observers, observers, slot);
    copyWithout(others.overwriters, overwriters, slot);
    copyWithout(others.changers, changers, slot);
  }

  private static void copyWithout(long[] from, long[] to, int slot) {
    System.arraycopy(from, 0, to, 0, from.length);
    to[slot >> 6] &= ~(1L << slot);
  }
}
