package io.shardquake.node.core.resp;

/**
 * Redis's strict parser of whole numbers: canonical decimal only, so no sign but a minus, no
 * leading zero, no space.
 */
public final class StrictInteger {
  /** What {@link #parse} gives for text that is no number; itself out of its range. */
  public static final long INVALID = Long.MIN_VALUE;

  private StrictInteger() {}

  /**
   * The number that {@code text[from, to)} spells; {@link #INVALID} if it spells none. The least
   * number of 64 bits cannot be told from that: use {@link #isCanonical} where it matters.
   */
  public static long parse(byte[] text, int from, int to) {
    int length = to - from;
    if (length <= 0 || length > 20) {
      return INVALID;
    }
    boolean negative = text[from] == '-';
    int i = negative ? from + 1 : from;
    if (i == to) {
      return INVALID;
    }
    if (text[i] == '0') {
      return length == 1 ? 0 : INVALID;
    }
    long value = 0;
    for (; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return INVALID;
      }
      // Counted downwards, because there is one more negative number than positive ones.
      if (value < (Long.MIN_VALUE + digit) / 10) {
        return INVALID;
      }
      value = value * 10 - digit;
    }
    if (negative) {
      return value;
    }
    return value == Long.MIN_VALUE ? INVALID : -value;
  }

  /** Whether the text spells a number of 64 bits in the one canonical way. */
  public static boolean isCanonical(byte[] text) {
    return parse(text, 0, text.length) != INVALID || isLeast(text);
  }

  private static boolean isLeast(byte[] text) {
    String least = Long.toString(Long.MIN_VALUE);
    if (text.length != least.length()) {
      return false;
    }
    for (int i = 0; i < text.length; i++) {
      if (text[i] != least.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
