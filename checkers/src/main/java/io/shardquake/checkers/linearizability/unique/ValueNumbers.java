package io.shardquake.checkers.linearizability.unique;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * From values back to their numbers in an {@link ObjectHistory}. Values that are not there, such as
 * the new value of a compare-and-set that nobody read, are numbered on from there.
 *
 * <p>An open-addressing table of numbers instead of a {@code HashMap}: four bytes a slot and no
 * object per value.
 */
final class ValueNumbers {
  private static final int EMPTY = -1;

  private final ObjectHistory history;
  private final List<Value> further = new ArrayList<>();
  private int[] slots;
  private int used;

  /**
   * @param indexed numbers of the values in the history that {@link #of} is to find; others get a
   *     further number
   */
  ValueNumbers(ObjectHistory history, BitSet indexed) {
    this.history = history;
    this.used = indexed.cardinality();
    this.slots = emptySlots(used);
    indexed.stream().forEach(number -> slots[slotOf(value(number))] = number);
  }

  /** The number of a value, new if the value was not known. */
  int of(Value value) {
    int slot = slotOf(value);
    if (slots[slot] != EMPTY) {
      return slots[slot];
    }
    int number = size();
    further.add(value);
    slots[slot] = number;
    used++;
    if (2L * used > slots.length) {
      grow();
    }
    return number;
  }

  /** The value of a number. */
  Value value(int number) {
    int listed = history.values();
    return number < listed ? history.value(number) : further.get(number - listed);
  }

  /** One more than the greatest number. */
  int size() {
    return history.values() + further.size();
  }

  private void grow() {
    int[] before = slots;
    slots = emptySlots(used);
    for (int number : before) {
      if (number != EMPTY) {
        slots[slotOf(value(number))] = number;
      }
    }
  }

  private static int[] emptySlots(int values) {
    int[] slots = new int[Integer.highestOneBit(Math.max(values, 4)) * 4];
    Arrays.fill(slots, EMPTY);
    return slots;
  }

  private int slotOf(Value value) {
    int mask = slots.length - 1;
    int hash = value.hashCode() * 0x9E3779B9;
    int slot = (hash ^ (hash >>> 15)) & mask;
    while (slots[slot] != EMPTY && !value(slots[slot]).equals(value)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
