package io.shardquake.checkers.topology;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;

/** A set of hash slots. Immutable. */
public final class SlotSet {
  public static final SlotSet NONE = new SlotSet(new BitSet());
  public static final SlotSet ALL = of(List.of(new SlotRange(0, SlotRange.SLOTS - 1)));

  private final BitSet slots;

  private SlotSet(BitSet slots) {
    this.slots = slots;
  }

  /** The slots of all the ranges. */
  public static SlotSet of(List<SlotRange> ranges) {
    BitSet slots = new BitSet(SlotRange.SLOTS);
    for (SlotRange range : ranges) {
      slots.set(range.first(), range.last() + 1);
    }
    return new SlotSet(slots);
  }

  public boolean isEmpty() {
    return slots.isEmpty();
  }

  /** How many. */
  public int size() {
    return slots.cardinality();
  }

  public boolean contains(int slot) {
    return slots.get(slot);
  }

  public boolean intersects(SlotSet other) {
    return slots.intersects(other.slots);
  }

  /** Those in both. */
  public SlotSet and(SlotSet other) {
    BitSet result = (BitSet) slots.clone();
    result.and(other.slots);
    return new SlotSet(result);
  }

  /** Those in either. */
  public SlotSet or(SlotSet other) {
    BitSet result = (BitSet) slots.clone();
    result.or(other.slots);
    return new SlotSet(result);
  }

  /** Those that the other has not. */
  public SlotSet minus(SlotSet other) {
    BitSet result = (BitSet) slots.clone();
    result.andNot(other.slots);
    return new SlotSet(result);
  }

  /** As few ranges as possible, ascending. */
  public List<SlotRange> ranges() {
    List<SlotRange> ranges = new ArrayList<>();
    for (int from = slots.nextSetBit(0); from >= 0; ) {
      int end = slots.nextClearBit(from);
      ranges.add(new SlotRange(from, end - 1));
      from = slots.nextSetBit(end);
    }
    return ranges;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SlotSet set && slots.equals(set.slots);
  }

  @Override
  public int hashCode() {
    return slots.hashCode();
  }

  /** As Redis writes slots: {@code 0-5460,6000}. */
  @Override
  public String toString() {
    return ranges().stream()
        .map(r -> r.size() == 1 ? "" + r.first() : r.first() + "-" + r.last())
        .collect(Collectors.joining(","));
  }
}
