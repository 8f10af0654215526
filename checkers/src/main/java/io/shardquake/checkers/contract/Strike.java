package io.shardquake.checkers.contract;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.checkers.faultlog.FaultLog;
import io.shardquake.checkers.history.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A fault that took effect.
 *
 * @param begunNanos when it began to be injected: nothing of it was there before
 * @param bitNanos when it had certainly taken effect
 * @param endNanos when it began to be healed: all of it was there until then; {@link
 *     Long#MAX_VALUE} if it never was
 * @param overNanos when it was healed, or given up; {@link Long#MAX_VALUE} if never
 * @param data how it was planned
 */
record Strike(
    String kind,
    List<String> nodes,
    long begunNanos,
    long bitNanos,
    long endNanos,
    long overNanos,
    Map<String, Value> data) {

  Strike {
    nodes = List.copyOf(nodes);
  }

  /** Those of a run, in the order of the plan. */
  static List<Strike> of(FaultLog log) {
    Map<Integer, List<FaultEvent>> byFault = new LinkedHashMap<>();
    for (FaultEvent event : log.events()) {
      if (event.fault() >= 0) {
        byFault.computeIfAbsent(event.fault(), fault -> new ArrayList<>()).add(event);
      }
    }
    List<Strike> strikes = new ArrayList<>();
    for (List<FaultEvent> events : byFault.values()) {
      OptionalLong bit = first(events, Phase.BIT);
      if (bit.isPresent()) {
        FaultEvent begun = events.get(0);
        List<String> nodes =
            events.stream().flatMap(event -> event.nodes().stream()).distinct().toList();
        strikes.add(
            new Strike(
                begun.kind(),
                nodes,
                begun.timeNanos(),
                bit.getAsLong(),
                first(events, Phase.HEAL).orElse(Long.MAX_VALUE),
                first(events, Phase.HEALED).orElse(Long.MAX_VALUE),
                begun.data().entries()));
      }
    }
    return strikes;
  }

  private static OptionalLong first(List<FaultEvent> events, Phase phase) {
    return events.stream()
        .filter(event -> event.phase() == phase)
        .mapToLong(FaultEvent::timeNanos)
        .findFirst();
  }

  /** Whether it was, or may have been, under way at any time between the two. */
  boolean touches(long from, long until) {
    return begunNanos <= until && overNanos >= from;
  }

  /** Whether it keeps the nodes that it strikes from the cluster bus, both ways. */
  boolean cutsTheBus() {
    return switch (kind) {
      case "kill", "pause" -> true;
      case "partition" ->
          planes().contains("bus")
              && !data.containsKey("with.ways")
              && !data.containsKey("with.shape");
      default -> false;
    };
  }

  /** Whether clients can reach the nodes that it strikes all the same. */
  boolean leavesClients() {
    return kind.equals("partition") && !planes().contains("clients");
  }

  private String planes() {
    Value planes = data.get("with.planes");
    return planes instanceof Value.Text text ? text.value() : "clients,replication,bus";
  }
}
