package io.shardquake.faults.plan;

import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.checkers.topology.SlotRange;

/** A place in the key space: a hash slot, or the slot of a key. */
public sealed interface Place {
  /** The hash slot, 0 to 16383. */
  int slot();

  /** A hash slot. */
  record Slot(int slot) implements Place {
    public Slot {
      if (slot < 0 || slot >= SlotRange.SLOTS) {
        throw new IllegalArgumentException("slots go from 0 to 16383, not " + slot);
      }
    }

    @Override
    public String toString() {
      return "slot " + slot;
    }
  }

  /** A key. Its hash tag, if it has one, decides its slot, as Redis has it. */
  record Key(String name) implements Place {
    @Override
    public int slot() {
      return KeySlot.of(name);
    }

    @Override
    public String toString() {
      return "key " + name;
    }
  }
}
