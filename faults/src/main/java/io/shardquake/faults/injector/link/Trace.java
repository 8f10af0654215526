package io.shardquake.faults.injector.link;

import io.shardquake.faults.network.Traffic;
import java.util.function.ToLongFunction;

/**
 * What proves that a damage did harm: something that the proxy counts.
 *
 * @param count how much of it there is
 * @param words what it is called ({@code connections were reset})
 */
record Trace(ToLongFunction<Traffic> count, String words) {
  static final Trace HELD_BACK =
      new Trace(Traffic::dropped, "pieces and connections were held back");
  static final Trace SWALLOWED = new Trace(Traffic::swallowed, "bytes were thrown away");
  static final Trace DELAYED = new Trace(Traffic::delayed, "pieces were delayed");
  static final Trace RESET = new Trace(Traffic::resets, "connections were reset");
  static final Trace CORRUPTED = new Trace(Traffic::corrupted, "bits were inverted");
  static final Trace DUPLICATED = new Trace(Traffic::duplicated, "connections were made twice");
  static final Trace ENDED_LATE = new Trace(Traffic::lateEnds, "ends were told late");

  long in(Traffic traffic) {
    return count.applyAsLong(traffic);
  }
}
