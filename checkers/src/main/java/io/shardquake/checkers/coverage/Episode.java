package io.shardquake.checkers.coverage;

import io.shardquake.checkers.topology.SlotSet;
import java.util.List;

/**
 * Slots in a state for a time.
 *
 * @param state which
 * @param other the node or nodes it involves; empty if none
 * @param slots which; not empty
 * @param observers who saw it, in order
 * @param fromNanos when it was first seen
 * @param untilNanos when it was first seen to be over; when it was last seen, if it never was
 * @param ended whether it was seen to be over
 */
record Episode(
    SlotState state,
    String other,
    SlotSet slots,
    List<String> observers,
    long fromNanos,
    long untilNanos,
    boolean ended) {
  long durationNanos() {
    return untilNanos - fromNanos;
  }
}
