package io.shardquake.harness.conformance.bench;

import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.checkers.topology.SlotRange;

/** A hash tag for each slot. */
final class Tags {
  private static final String[] TAGS = table();

  private Tags() {}

  static String of(int slot) {
    return TAGS[slot];
  }

  private static String[] table() {
    String[] tags = new String[SlotRange.SLOTS];
    int found = 0;
    for (int i = 0; found < tags.length; i++) {
      String tag = Integer.toString(i, Character.MAX_RADIX);
      int slot = KeySlot.of(tag);
      if (tags[slot] == null) {
        tags[slot] = tag;
        found++;
      }
    }
    return tags;
  }
}
