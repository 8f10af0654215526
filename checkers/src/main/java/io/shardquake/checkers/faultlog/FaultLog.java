package io.shardquake.checkers.faultlog;

import java.util.List;

/** The fault events of one run in the order in which they happened. Immutable. */
public record FaultLog(List<FaultEvent> events) {
  public static final FaultLog EMPTY = new FaultLog(List.of());

  public FaultLog {
    events = List.copyOf(events);
  }
}
