package io.shardquake.workloads.keys;

import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.checkers.topology.SlotRange;

/**
 * Names keys so that they fall into chosen slots without a hash tag: a stem, and four characters
 * that are solved for.
 *
 * <p>CRC16-XMODEM starts at zero and is linear over exclusive or. So for a stem {@code s} and a
 * suffix {@code t} of four bytes, {@code crc(s‖t) = crc(s‖0000) ⊕ crc(t)}, with {@code 0000} four
 * zero bytes; and a slot is the low 14 bits of it. One table of suffixes, one for each slot, serves
 * every stem.
 */
public final class SlotKeys {
  private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final int SUFFIX_LENGTH = 4;
  private static final String ZEROS = "\0".repeat(SUFFIX_LENGTH);

  /**
   * Odd, so that multiples of it visit every slot; near the golden section, so that they spread.
   */
  private static final int STRIDE = 10125;

  /** Worked out once: every workload of every simulated run needs them. Never changed. */
  private static final String[] SUFFIXES = suffixOfEverySlot();

  /**
   * The name of the {@code ordinal}-th key. Every 16384 successive ordinals fall into 16384
   * different slots, and fewer are spread about evenly.
   *
   * @param stem what the name begins with; without braces
   */
  public String key(String stem, long ordinal) {
    return keyIn((int) Math.floorMod(ordinal * STRIDE, (long) SlotRange.SLOTS), stem);
  }

  /** The name that begins with the stem and falls into the slot. */
  public String keyIn(int slot, String stem) {
    if (stem.indexOf('{') >= 0) {
      throw new IllegalArgumentException("a brace would make a hash tag: " + stem);
    }
    return stem + SUFFIXES[slot ^ KeySlot.of(stem + ZEROS)];
  }

  private static String[] suffixOfEverySlot() {
    String[] suffixes = new String[SlotRange.SLOTS];
    int missing = suffixes.length;
    for (int number = 0; missing > 0; number++) {
      String suffix = suffix(number);
      int slot = KeySlot.of(suffix);
      if (suffixes[slot] == null) {
        suffixes[slot] = suffix;
        missing--;
      }
    }
    return suffixes;
  }

  private static String suffix(int number) {
    char[] digits = new char[SUFFIX_LENGTH];
    int rest = number;
    for (int i = SUFFIX_LENGTH - 1; i >= 0; i--) {
      digits[i] = ALPHABET.charAt(rest % ALPHABET.length());
      rest /= ALPHABET.length();
    }
    return new String(digits);
  }
}
