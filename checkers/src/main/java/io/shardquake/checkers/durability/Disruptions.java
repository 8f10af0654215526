package io.shardquake.checkers.durability;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.checkers.faultlog.FaultLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * When which nodes were disturbed by faults, in order to tell the moment at which a master and its
 * replica were certainly in touch for the last time before a failover.
 */
final class Disruptions {
  /** How long after its end a fault may still keep a replica from being in step. */
  private static final long AFTERMATH = 5_000_000_000L;

  /**
   * One fault.
   *
   * @param from when its injection began
   * @param until when it was healed and its aftermath over; {@link Long#MAX_VALUE} if never
   * @param nodes that it struck
   */
  private record Disruption(long from, long until, List<String> nodes, String kind) {
    boolean touches(String a, String b) {
      return nodes.contains(a) || nodes.contains(b);
    }
  }

  private final List<Disruption> disruptions;

  private Disruptions(List<Disruption> disruptions) {
    this.disruptions = disruptions;
  }

  static Disruptions of(FaultLog log) {
    Map<Integer, List<FaultEvent>> byFault = new LinkedHashMap<>();
    for (FaultEvent event : log.events()) {
      if (event.fault() >= 0) {
        byFault.computeIfAbsent(event.fault(), f -> new ArrayList<>()).add(event);
      }
    }
    List<Disruption> disruptions = new ArrayList<>();
    for (List<FaultEvent> events : byFault.values()) {
      if (events.stream().noneMatch(event -> event.phase() == Phase.INJECT)) {
        continue;
      }
      long until =
          events.stream()
              .filter(event -> event.phase() == Phase.HEALED)
              .mapToLong(event -> event.timeNanos() + AFTERMATH)
              .max()
              .orElse(Long.MAX_VALUE);
      FaultEvent first = events.get(0);
      List<String> nodes =
          events.stream().flatMap(event -> event.nodes().stream()).distinct().toList();
      disruptions.add(new Disruption(first.timeNanos(), until, nodes, first.kind()));
    }
    disruptions.sort(Comparator.comparingLong(Disruption::from));
    return new Disruptions(disruptions);
  }

  /**
   * When the two nodes were certainly in touch for the last time before one of them was promoted:
   * the beginning of the first of those faults on either that follow one another without a pause
   * and lead up to the promotion. Empty if none does.
   */
  OptionalLong lastInTouch(String master, String replica, long promoted) {
    long start = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    for (Disruption disruption : disruptions) {
      if (disruption.from() > promoted) {
        break;
      }
      if (!disruption.touches(master, replica)) {
        continue;
      }
      if (disruption.from() > end) {
        start = disruption.from();
      }
      end = Math.max(end, disruption.until());
    }
    return end >= promoted ? OptionalLong.of(start) : OptionalLong.empty();
  }

  /** Whether a fault, or its aftermath, was under way on the node at any time between the two. */
  boolean touched(String node, long from, long until) {
    return disruptions.stream()
        .filter(disruption -> disruption.nodes().contains(node))
        .anyMatch(disruption -> disruption.from() <= until && disruption.until() >= from);
  }

  /** The kinds of the faults under way on either of two nodes between two times. */
  List<String> kinds(String a, String b, long from, long until) {
    return disruptions.stream()
        .filter(disruption -> disruption.touches(a, b))
        .filter(disruption -> disruption.from() <= until && disruption.until() >= from)
        .map(Disruption::kind)
        .distinct()
        .toList();
  }
}
