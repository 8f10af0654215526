package io.shardquake.checkers.topology;

/**
 * A slot on its way between two masters, as one of them sees it.
 *
 * @param slot 0 to 16383
 * @param direction whether it leaves or comes
 * @param peer id of the other node
 */
public record OpenSlot(int slot, Direction direction, String peer) {
  /** Which way the slot moves. */
  public enum Direction {
    /** {@code [slot->-peer]}: away from the node that says so. */
    MIGRATING,
    /** {@code [slot-<-peer]}: to the node that says so. */
    IMPORTING
  }

  public OpenSlot {
    if (slot < 0 || slot >= SlotRange.SLOTS) {
      throw new IllegalArgumentException("not a slot: " + slot);
    }
  }
}
