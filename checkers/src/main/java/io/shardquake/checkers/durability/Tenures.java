package io.shardquake.checkers.durability;

import io.shardquake.checkers.durability.Tenure.Inheritance;
import io.shardquake.checkers.topology.ClusterTimeline;
import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.OpenSlot;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.checkers.topology.ViewPeriod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who owned which slot one after the other, by config epoch, as far as the samples of the topology
 * show it. Not thread-safe: slots are worked out when they are first asked for.
 */
final class Tenures {
  /** How long a mark may be there before a sample shows it. */
  private static final long UNSEEN = 500_000_000L;

  /** That somebody called a node the owner of a slot. */
  private record Claim(String id, long epoch, long seenFrom) {}

  private final ClusterTimeline timeline;
  private final List<ViewPeriod> byTime;
  private final Map<String, List<ViewPeriod>> byObserver;
  private final Map<Holding, Long> firstSeen = new LinkedHashMap<>();

  /** By slot, when some node said that it is on its way in or out. */
  private final Map<Integer, List<ViewPeriod>> open = new HashMap<>();

  private final Map<Integer, List<Tenure>> bySlot = new HashMap<>();

  /** What a node was said to own in an epoch; in a long run the same is said again and again. */
  private record Holding(String id, long epoch, List<SlotRange> slots) {
    boolean has(int slot) {
      return slots.stream().anyMatch(range -> range.contains(slot));
    }
  }

  Tenures(ClusterTimeline timeline) {
    this.timeline = timeline;
    this.byTime =
        timeline.all().stream()
            .filter(period -> period.view().isPresent())
            .sorted(Comparator.comparingLong(ViewPeriod::fromNanos))
            .toList();
    this.byObserver = byTime.stream().collect(Collectors.groupingBy(ViewPeriod::observer));
    for (ViewPeriod period : byTime) {
      for (NodeView node : period.view().map(ClusterView::nodes).orElse(List.of())) {
        firstSeen.putIfAbsent(
            new Holding(node.id(), node.configEpoch(), node.slots()), period.fromNanos());
      }
      period
          .view()
          .flatMap(ClusterView::myself)
          .map(NodeView::openSlots)
          .orElse(List.of())
          .forEach(
              mark -> open.computeIfAbsent(mark.slot(), first -> new ArrayList<>()).add(period));
    }
  }

  /** Periods of all observers that share a moment with this time. */
  private Stream<ViewPeriod> during(long from, long until) {
    return byObserver.values().stream()
        .flatMap(
            periods ->
                periods
                    .subList(
                        firstThat(periods, period -> period.untilNanos() >= from),
                        firstThat(periods, period -> period.fromNanos() > until))
                    .stream());
  }

  /**
   * The place of the first period of which something holds, that holds of all later ones, too; the
   * size if there is none. An observer's periods follow each other.
   */
  private static int firstThat(List<ViewPeriod> periods, Predicate<ViewPeriod> holds) {
    int low = 0;
    int high = periods.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (holds.test(periods.get(middle))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** The slot's tenures, the first one first; empty if nobody was ever seen to own it. */
  List<Tenure> of(int slot) {
    return bySlot.computeIfAbsent(slot, this::workOut);
  }

  /** Whether some node said between the times that the slot is on its way in or out. */
  boolean isOpen(int slot, long from, long until) {
    return open.getOrDefault(slot, List.of()).stream()
        .anyMatch(period -> period.fromNanos() <= until && period.untilNanos() >= from);
  }

  /** How many nodes anybody called a replica of the node at any time between the two. */
  long replicasOf(String node, long from, long until) {
    return during(from, until)
        .flatMap(period -> period.view().stream())
        .flatMap(view -> view.nodes().stream())
        .filter(seen -> seen.master().map(timeline::nameOf).filter(node::equals).isPresent())
        .map(NodeView::id)
        .distinct()
        .count();
  }

  private List<Tenure> workOut(int slot) {
    List<Tenure> tenures = new ArrayList<>();
    String owner = "";
    for (Claim claim : claims(slot)) {
      if (!claim.id().equals(owner)) {
        long since = tenures.isEmpty() ? 0 : tenures.get(tenures.size() - 1).seenFrom();
        tenures.add(tenure(slot, owner, claim, since));
        owner = claim.id();
      }
    }
    return List.copyOf(tenures);
  }

  /** The first sighting of each claim, by epoch: who has the greater one owns the slot. */
  private List<Claim> claims(int slot) {
    Map<String, Claim> first = new HashMap<>();
    firstSeen.forEach(
        (holding, seen) -> {
          if (holding.has(slot)) {
            first.putIfAbsent(
                holding.id() + holding.epoch(), new Claim(holding.id(), holding.epoch(), seen));
          }
        });
    return first.values().stream()
        .sorted(
            Comparator.comparingLong(Claim::epoch)
                .thenComparingLong(Claim::seenFrom)
                .thenComparing(Claim::id))
        .toList();
  }

  /**
   * @param before the owner before; empty if there is none
   * @param since when that one was first seen to own the slot
   */
  private Tenure tenure(int slot, String before, Claim claim, long since) {
    String node = timeline.nameOf(claim.id());
    if (before.isEmpty()) {
      return new Tenure(node, 0, claim.seenFrom(), Inheritance.FIRST);
    }
    long possibleFrom =
        latest(
                byObserver.getOrDefault(node, List.of()),
                claim.seenFrom(),
                period -> !owns(period, slot))
            .map(period -> Math.min(period.lastNanos(), claim.seenFrom()))
            .orElse(0L);
    Inheritance inheritance =
        wasReplica(claim.id(), claim.seenFrom()) ? Inheritance.FAILOVER : Inheritance.MOVE;
    long from =
        inheritance == Inheritance.MOVE
            ? Math.min(possibleFrom, comingFrom(slot, claim, node, since))
            : possibleFrom;
    return new Tenure(node, from, claim.seenFrom(), inheritance);
  }

  /**
   * Since when a node may have answered for a slot because it was coming to it: a little before it
   * first said so after the tenure before.
   */
  private long comingFrom(int slot, Claim claim, String node, long since) {
    return open.getOrDefault(slot, List.of()).stream()
        .filter(period -> period.observer().equals(node))
        .filter(period -> period.fromNanos() >= since && period.fromNanos() <= claim.seenFrom())
        .filter(period -> isComing(period, slot))
        .mapToLong(period -> Math.max(since, period.fromNanos() - UNSEEN))
        .min()
        .orElse(claim.seenFrom());
  }

  private static boolean isComing(ViewPeriod period, int slot) {
    return period
        .view()
        .flatMap(ClusterView::myself)
        .map(NodeView::openSlots)
        .orElse(List.of())
        .stream()
        .anyMatch(mark -> mark.slot() == slot && mark.direction() == OpenSlot.Direction.IMPORTING);
  }

  private static boolean owns(ViewPeriod period, int slot) {
    return period.view().flatMap(ClusterView::myself).map(me -> me.owns(slot)).orElse(false);
  }

  /** Whether the node was last seen as a replica before that time. */
  private boolean wasReplica(String id, long before) {
    return latest(byTime, before, period -> seen(period, id).isPresent())
        .flatMap(period -> seen(period, id))
        .filter(node -> node.is(NodeFlag.REPLICA))
        .isPresent();
  }

  private static Optional<NodeView> seen(ViewPeriod period, String id) {
    return period.view().flatMap(view -> view.node(id));
  }

  /** The last period that began before a time and of which something holds. */
  private static Optional<ViewPeriod> latest(
      List<ViewPeriod> periods, long before, Predicate<ViewPeriod> holds) {
    for (int i = firstThat(periods, period -> period.fromNanos() >= before) - 1; i >= 0; i--) {
      if (holds.test(periods.get(i))) {
        return Optional.of(periods.get(i));
      }
    }
    return Optional.empty();
  }
}
