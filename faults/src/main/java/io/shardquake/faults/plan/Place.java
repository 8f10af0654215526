package io.shardquake.faults.plan;

import io.shardquake.checkers.topology.SlotRange;

/** A place in the key space: a hash slot, or the slot of a key. */
public sealed interface Place {

  /** A hash slot, 0 to 16383. */
  record Slot(int number) implements Place {
    public Slot {
      if (number < 0 || number >= SlotRange.SLOTS) {
        throw new IllegalArgumentException("slots go from 0 to 16383, not " + number);
      }
    }

    @Override
    public String toString() {
      return "slot " + number;
    }
  }

  /** A key. Its hash tag, if it has one, decides its slot, as Redis has it. */
  record Key(String name) implements Place {
    @Override
    public String toString() {
      return "key " + name;
    }
  }
}
