package io.shardquake.checkers.durability;

/**
 * A stretch of time in which one node owned a slot.
 *
 * @param node the harness's name of the node
 * @param possibleFrom since when it may have owned the slot: when it was last seen not to, or 0
 * @param seenFrom since when it was seen to; it may have begun anywhere in between
 * @param inheritance how it came by the slot
 */
record Tenure(String node, long possibleFrom, long seenFrom, Inheritance inheritance) {
  /** How a node comes by a slot. */
  enum Inheritance {
    /** It had the slot when the recording began. */
    FIRST,
    /** It was the replica of the owner before it, and was promoted: it has a prefix of its data. */
    FAILOVER,
    /** The slot was moved to it, key by key: nothing may be lost on the way. */
    MOVE
  }
}
