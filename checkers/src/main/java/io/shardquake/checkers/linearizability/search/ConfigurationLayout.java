package io.shardquake.checkers.linearizability.search;

/**
 * How one configuration is laid out in words:
 *
 * <pre>
 *   word 0            state (32 bits) | bare (1 bit) | position (31 bits)
 *   FREE words        a bit for each slot: the open write may be left out
 *   DONE words        a bit for each slot: the open operation has been linearized
 *   COUNT words       a field for each class of Info operations: how many have been linearized
 * </pre>
 *
 * Slots belong to operations that will return; they are reused, so that the words grow with the
 * number of operations open at once and not with the history. Info operations stay open for ever;
 * equal ones are interchangeable and are counted only. Each count has one spare bit above it, kept
 * 0, which lets all fields of a word be compared at once.
 */
final class ConfigurationLayout {
  static final int HEAD = 0;
  static final int FREE = 1;
  static final long BARE = 1L << 32;
  private static final long STATE = 0xffff_ffffL;

  /** Number of FREE words, and of DONE words. */
  final int slotWords;

  /** Index of the first DONE word. */
  final int done;

  /** Index of the first COUNT word. */
  final int counts;

  /** Number of words altogether. */
  final int words;

  private final int[] fieldWord;
  private final int[] fieldShift;
  private final long[] fieldMask;
  private final long[] spareBits;

  /**
   * @param slots the most operations that will return and are open at once
   * @param infos for each class of calls, how many Info operations it has
   */
  ConfigurationLayout(int slots, int[] infos) {
    slotWords = Math.max(1, (slots + 63) / 64);
    done = FREE + slotWords;
    counts = done + slotWords;
    fieldWord = new int[infos.length];
    fieldShift = new int[infos.length];
    fieldMask = new long[infos.length];
    int word = 0;
    int shift = 0;
    for (int field = 0; field < infos.length; field++) {
      if (infos[field] > 0) {
        int bits = 32 - Integer.numberOfLeadingZeros(infos[field]);
        if (shift + bits + 1 > 64) {
          word++;
          shift = 0;
        }
        fieldWord[field] = counts + word;
        fieldShift[field] = shift;
        fieldMask[field] = (1L << bits) - 1;
        shift += bits + 1;
      }
    }
    words = counts + word + (shift > 0 ? 1 : 0);
    spareBits = new long[words];
    for (int field = 0; field < infos.length; field++) {
      if (infos[field] > 0) {
        spareBits[fieldWord[field]] |= (fieldMask[field] + 1) << fieldShift[field];
      }
    }
  }

  static int state(long head) {
    return (int) (head & STATE);
  }

  static int position(long head) {
    return (int) (head >>> 33);
  }

  static long head(int position, int state) {
    return (long) position << 33 | state;
  }

  static long withState(long head, int state) {
    return (head & ~STATE) | state;
  }

  static boolean isBare(long head) {
    return (head & BARE) != 0;
  }

  boolean isDone(long[] configuration, int slot) {
    return (configuration[done + (slot >> 6)] >>> slot & 1) != 0;
  }

  boolean isFree(long[] configuration, int slot) {
    return (configuration[FREE + (slot >> 6)] >>> slot & 1) != 0;
  }

  void setDone(long[] configuration, int slot) {
    configuration[done + (slot >> 6)] |= 1L << slot;
    configuration[FREE + (slot >> 6)] &= ~(1L << slot);
  }

  void clear(long[] configuration, int slot) {
    configuration[done + (slot >> 6)] &= ~(1L << slot);
    configuration[FREE + (slot >> 6)] &= ~(1L << slot);
  }

  int count(long[] configuration, int field) {
    return (int) (configuration[fieldWord[field]] >>> fieldShift[field] & fieldMask[field]);
  }

  /** How many Info operations have been linearized, of all classes. */
  int used(ConfigurationSet set, int entry) {
    int used = 0;
    for (int field = 0; field < fieldMask.length; field++) {
      if (fieldMask[field] != 0) {
        used += (int) (set.word(entry, fieldWord[field]) >>> fieldShift[field] & fieldMask[field]);
      }
    }
    return used;
  }

  void countOne(long[] configuration, int field) {
    configuration[fieldWord[field]] += 1L << fieldShift[field];
  }

  /** Whether no count in the word is greater on the left than on the right. */
  boolean countsAtMost(int word, long left, long right) {
    long spare = spareBits[word];
    return (((right | spare) - left) & spare) == spare;
  }
}
