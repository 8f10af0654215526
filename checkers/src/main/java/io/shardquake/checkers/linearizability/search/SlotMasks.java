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
}
