package io.shardquake.harness.sim.run;

import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.checkers.topology.SlotRange;
import org.jspecify.annotations.Nullable;

/** A hash tag for each slot. */
final class SlotTags {
  private static final String[] TAGS = find();

  private SlotTags() {}

  /** What has to stand between braces in a key that belongs to the slot. */
  static String of(int slot) {
    return TAGS[slot];
  }

  private static String[] find() {
    @Nullable String[] found = new @Nullable String[SlotRange.SLOTS];
    int missing = found.length;
    for (int number = 0; missing > 0; number++) {
      String tag = Integer.toString(number, Character.MAX_RADIX);
      int slot = KeySlot.of(tag);
      if (found[slot] == null) {
        found[slot] = tag;
        missing--;
      }
    }
    String[] tags = new String[found.length];
    for (int slot = 0; slot < tags.length; slot++) {
      tags[slot] = String.valueOf(found[slot]);
    }
    return tags;
  }
}
