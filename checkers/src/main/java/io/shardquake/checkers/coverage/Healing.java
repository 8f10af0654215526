package io.shardquake.checkers.coverage;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultLog;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether everything that was broken was made whole again.
 *
 * @param open the faults that were not, with their kinds, by number
 * @param lastNanos when the last fault was healed; 0 if none was
 */
record Healing(Map<Integer, String> open, long lastNanos) {
  private static final int WHOLE_RUN = -1;
  private static final String FINAL_HEAL = "heal";

  static Healing of(FaultLog log) {
    Map<Integer, String> open = new TreeMap<>();
    Set<Integer> bit = new TreeSet<>();
    long last = 0;
    for (FaultEvent event : log.events()) {
      if (event.fault() == WHOLE_RUN && !event.kind().equals(FINAL_HEAL)) {
        // What else is told of the whole run, such as whether it recovered, breaks and heals
        // nothing.
        continue;
      }
      switch (event.phase()) {
        case INJECT, HEAL, HEAL_FAILED -> open.put(event.fault(), event.kind());
        case BIT -> bit.add(event.fault());
        case SKIPPED -> open.remove(event.fault());
        case MISSED -> {
          // On several nodes it may bite some and miss the others: then there is what to heal.
          if (!bit.contains(event.fault())) {
            open.remove(event.fault());
          }
        }
        case HEALED -> {
          last = Math.max(last, event.timeNanos());
          if (event.fault() == WHOLE_RUN) {
            open.clear();
          } else {
            open.remove(event.fault());
          }
        }
      }
    }
    return new Healing(open, last);
  }

  boolean complete() {
    return open.isEmpty();
  }

  /** The faults that are open, for a sentence. */
  String openFaults() {
    return open.entrySet().stream()
        .map(e -> e.getKey() == WHOLE_RUN ? "the final heal" : e.getValue() + " #" + e.getKey())
        .collect(Collectors.joining(", "));
  }
}
