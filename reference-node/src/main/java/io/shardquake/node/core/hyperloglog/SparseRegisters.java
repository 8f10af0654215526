package io.shardquake.node.core.hyperloglog;

import io.shardquake.node.core.command.ErrorReply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * The sparse form of the registers, as runs: {@code 00nnnnnn} is n+1 zeros, {@code 01nnnnnn
 * nnnnnnnn} n+1 zeros, {@code 1vvvvvnn} n+1 times the value v+1.
 */
final class SparseRegisters {
  static final int GREATEST_VALUE = 32;

  private static final int LONGEST_VALUE_RUN = 4;
  private static final int LONGEST_SHORT_RUN = 64;
  private static final int RUNS_TO_MERGE = 5;

  private SparseRegisters() {}

  /** Takes runs. */
  interface Visitor {
    void run(int first, int length, int value);
  }

  private static boolean isValue(byte[] hll, int at) {
    return (hll[at] & 0x80) != 0;
  }

  private static boolean isLongZero(byte[] hll, int at) {
    return (hll[at] & 0xc0) == 0x40;
  }

  private static int value(byte[] hll, int at) {
    return isValue(hll, at) ? ((hll[at] >> 2) & 0x1f) + 1 : 0;
  }

  private static int bytes(byte[] hll, int at) {
    return isLongZero(hll, at) ? 2 : 1;
  }

  private static int length(byte[] hll, int at) {
    if (isValue(hll, at)) {
      return (hll[at] & 3) + 1;
    }
    int high = hll[at] & 0x3f;
    if (!isLongZero(hll, at)) {
      return high + 1;
    }
    return ((high << 8) | (at + 1 < hll.length ? hll[at + 1] & 0xff : 0)) + 1;
  }

  /** Visits all runs; false if they are not exactly as many registers as there are. */
  static boolean visit(byte[] hll, Visitor visitor) {
    int index = 0;
    for (int at = HyperLogLog.HEADER; at < hll.length; at += bytes(hll, at)) {
      int length = length(hll, at);
      if (index + length > HyperLogLog.REGISTERS) {
        return false;
      }
      visitor.run(index, length, value(hll, at));
      index += length;
    }
    return index == HyperLogLog.REGISTERS;
  }

  /** What became of setting a register: the bytes if they changed, or that there is no room. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
  record Change(byte[] hll, boolean changed, boolean tooLong) {}

  /** The runs as people read them: {@code Z:100 v:3,2 z:1}. */
  static String describe(byte[] hll) {
    List<String> runs = new ArrayList<>();
    for (int at = HyperLogLog.HEADER; at < hll.length; at += bytes(hll, at)) {
      int length = length(hll, at);
      if (isValue(hll, at)) {
        runs.add("v:" + value(hll, at) + "," + length);
      } else {
        runs.add((isLongZero(hll, at) ? "Z:" : "z:") + length);
      }
    }
    return String.join(" ", runs);
  }

  /**
   * Raises a register to a value, which must not exceed {@link #GREATEST_VALUE}. What comes behind
   * the register is not looked at.
   *
   * @throws ErrorReply if the runs end before it
   */
  static Change raise(byte[] hll, int index, int to, long longest) {
    OptionalInt previous = OptionalInt.empty();
    int at = HyperLogLog.HEADER;
    int first = 0;
    while (at < hll.length && index > first + length(hll, at) - 1) {
      previous = OptionalInt.of(at);
      first += length(hll, at);
      at += bytes(hll, at);
    }
    if (at >= hll.length || at + bytes(hll, at) > hll.length) {
      throw HyperLogLog.corrupted();
    }
    int old = value(hll, at);
    int span = length(hll, at);
    if (old >= to) {
      return new Change(hll, false, false);
    }
    byte[] changed;
    if (span == 1 && bytes(hll, at) == 1) {
      changed = hll.clone();
      changed[at] = (byte) run(to, 1)[0];
    } else {
      int[] runs = split(old, span, index - first, to);
      int longer = runs.length - bytes(hll, at);
      if (longer > 0 && hll.length + longer > longest) {
        return new Change(hll, false, true);
      }
      changed = spliced(hll, at, runs);
    }
    return new Change(merged(changed, previous.orElse(HyperLogLog.HEADER)), true, false);
  }

  /** One run split in up to three, with the new value at an offset. */
  private static int[] split(int old, int span, int offset, int to) {
    int[] before = offset > 0 ? run(old, offset) : new int[0];
    int[] middle = run(to, 1);
    int[] after = offset < span - 1 ? run(old, span - 1 - offset) : new int[0];
    int[] all = Arrays.copyOf(before, before.length + middle.length + after.length);
    System.arraycopy(middle, 0, all, before.length, middle.length);
    System.arraycopy(after, 0, all, before.length + middle.length, after.length);
    return all;
  }

  private static int[] run(int value, int length) {
    if (value > 0) {
      return new int[] {0x80 | ((value - 1) << 2) | (length - 1)};
    }
    if (length <= LONGEST_SHORT_RUN) {
      return new int[] {length - 1};
    }
    return new int[] {0x40 | ((length - 1) >> 8), (length - 1) & 0xff};
  }

  private static byte[] spliced(byte[] hll, int at, int[] runs) {
    int old = bytes(hll, at);
    byte[] spliced = new byte[hll.length - old + runs.length];
    System.arraycopy(hll, 0, spliced, 0, at);
    for (int i = 0; i < runs.length; i++) {
      spliced[at + i] = (byte) runs[i];
    }
    System.arraycopy(hll, at + old, spliced, at + runs.length, hll.length - at - old);
    return spliced;
  }

  /** Joins neighbours of equal value around the place that changed, as far as Redis looks. */
  private static byte[] merged(byte[] hll, int from) {
    byte[] joined = hll;
    int at = from;
    for (int i = 0; i < RUNS_TO_MERGE && at < joined.length; i++) {
      boolean equal =
          isValue(joined, at)
              && at + 1 < joined.length
              && isValue(joined, at + 1)
              && value(joined, at) == value(joined, at + 1);
      int length = equal ? length(joined, at) + length(joined, at + 1) : 0;
      if (equal && length <= LONGEST_VALUE_RUN) {
        int value = value(joined, at);
        byte[] shorter = new byte[joined.length - 1];
        System.arraycopy(joined, 0, shorter, 0, at);
        System.arraycopy(joined, at + 1, shorter, at, shorter.length - at);
        shorter[at] = (byte) run(value, length)[0];
        joined = shorter;
      } else {
        at += bytes(joined, at);
      }
    }
    return joined;
  }
}
