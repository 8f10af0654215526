package io.shardquake.checkers.topology;

/**
 * A hash tag for each slot, so that a key can be made for any of them (specification, section "Hash
 * tags"). Always the same ones; thread-safe.
 */
public final class SlotTags {
  private static final String[] TAGS = table();

  private SlotTags() {}

  /**
   * What has to stand between braces in a key that belongs to the slot.
   *
   * @throws ArrayIndexOutOfBoundsException if there is no such slot
   */
  public static String of(int slot) {
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
