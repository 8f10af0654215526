package io.shardquake.checkers.linearizability.analysis;

import io.shardquake.checkers.history.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers for values, from 0 in the order of their first asking; equal values have equal numbers.
 * Whole numbers, and pairs of them, are held as bits, and made into objects only when asked for.
 */
final class ValueTable {
  private static final byte INT = 0;
  private static final byte PAIR = 1;
  private static final byte OTHER = 2;
  static final int NONE = -1;

  /** As many bits of a number tell neighbours apart. */
  private static final int NEIGHBOURS = 3;

  private final List<Value> others = new ArrayList<>();
  private byte[] kinds;
  private long[] bits;
  private int[] slots;
  private int size;

  /**
   * An empty table.
   *
   * @param expected for how many values there is room from the start, at least 1
   */
  ValueTable(int expected) {
    kinds = new byte[expected];
    bits = new long[expected];
    slots = new int[Math.max(16, Integer.highestOneBit(expected) * 4)];
    Arrays.fill(slots, NONE);
  }

  int size() {
    return size;
  }

  Value value(int number) {
    long held = bits[number];
    return switch (kinds[number]) {
      case INT -> Value.of(held);
      case PAIR -> Value.pair(Value.of(held >> 32), Value.of((long) (int) held));
      default -> others.get((int) held);
    };
  }

  int numberOf(long value) {
    return numberOfBits(INT, value);
  }

  int numberOfPair(int first, int second) {
    return numberOfBits(PAIR, bits(first, second));
  }

  private static long bits(int first, int second) {
    return (long) first << 32 | (second & 0xffff_ffffL);
  }

  int numberOf(Value value) {
    if (value instanceof Value.Int whole) {
      return numberOf(whole.value());
    }
    if (value instanceof Value.Sequence pair && isPairOfInts(pair.items())) {
      return numberOfPair(small(pair.items().get(0)), small(pair.items().get(1)));
    }
    int slot = slotOf(value);
    if (slots[slot] == NONE) {
      others.add(value);
      return append(slot, OTHER, others.size() - 1);
    }
    return slots[slot];
  }

  /** The number of a value, or {@link #NONE} if it has none yet. */
  int find(Value value) {
    if (value instanceof Value.Int whole) {
      return slots[slotOf(INT, whole.value())];
    }
    if (value instanceof Value.Sequence pair && isPairOfInts(pair.items())) {
      return slots[slotOf(PAIR, bits(small(pair.items().get(0)), small(pair.items().get(1))))];
    }
    return slots[slotOf(value)];
  }

  private int slotOf(Value value) {
    int slot = start(value.hashCode());
    while (slots[slot] != NONE && !isOther(slots[slot], value)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private static boolean isPairOfInts(List<Value> items) {
    return items.size() == 2 && isSmall(items.get(0)) && isSmall(items.get(1));
  }

  private static boolean isSmall(Value value) {
    return value instanceof Value.Int whole && whole.value() == (int) whole.value();
  }

  private static int small(Value value) {
    return (int) ((Value.Int) value).value();
  }

  private boolean isOther(int number, Value value) {
    return kinds[number] == OTHER && others.get((int) bits[number]).equals(value);
  }

  private int slotOf(byte kind, long value) {
    int slot = start(kind, value);
    while (slots[slot] != NONE && (bits[slots[slot]] != value || kinds[slots[slot]] != kind)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private int numberOfBits(byte kind, long value) {
    int slot = slotOf(kind, value);
    return slots[slot] == NONE ? append(slot, kind, value) : slots[slot];
  }

  private int append(int slot, byte kind, long value) {
    if (size == bits.length) {
      bits = Arrays.copyOf(bits, size * 2);
      kinds = Arrays.copyOf(kinds, size * 2);
    }
    bits[size] = value;
    kinds[size] = kind;
    slots[slot] = size;
    int number = size++;
    if (size * 2 > slots.length) {
      rehash();
    }
    return number;
  }

  private void rehash() {
    slots = new int[slots.length * 2];
    Arrays.fill(slots, NONE);
    for (int number = 0; number < size; number++) {
      int slot =
          kinds[number] == OTHER
              ? start(others.get((int) bits[number]).hashCode())
              : start(kinds[number], bits[number]);
      while (slots[slot] != NONE) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = number;
    }
  }

  /** Neighbours share a line of the cache, for values are mostly counted up. */
  private int start(byte kind, long value) {
    long mixed = ((value >>> NEIGHBOURS) + kind) * 0x9e3779b97f4a7c15L;
    long place = mixed >>> Integer.SIZE << NEIGHBOURS | (value & ((1 << NEIGHBOURS) - 1));
    return (int) place & (slots.length - 1);
  }

  private int start(int hash) {
    int mixed = hash * 0x9e3779b9;
    return (mixed ^ mixed >>> 15) & (slots.length - 1);
  }
}
