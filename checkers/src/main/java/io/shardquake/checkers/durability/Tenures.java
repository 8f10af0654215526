package io.shardquake.checkers.durability;

import io.shardquake.checkers.durability.Tenure.Inheritance;
import io.shardquake.checkers.topology.ClusterTimeline;
import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.ViewPeriod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who owned which slot one after the other, by config epoch, as far as the samples of the topology
 * show it. Not thread-safe: slots are worked out when they are first asked for.
 */
final class Tenures {
  /** That somebody called a node the owner of a slot. */
  private record Claim(String id, long epoch, long seenFrom) {}

  private final ClusterTimeline timeline;
  private final List<ViewPeriod> byTime;
  private final Map<Integer, List<Tenure>> bySlot = new HashMap<>();

  Tenures(ClusterTimeline timeline) {
    this.timeline = timeline;
    this.byTime =
        timeline.all().stream()
            .filter(period -> period.view().isPresent())
            .sorted(Comparator.comparingLong(ViewPeriod::fromNanos))
            .toList();
  }

  /** The slot's tenures, the first one first; empty if nobody was ever seen to own it. */
  List<Tenure> of(int slot) {
    return bySlot.computeIfAbsent(slot, this::workOut);
  }

  /** Whether some node said between the times that the slot is on its way in or out. */
  boolean isOpen(int slot, long from, long until) {
    return byTime.stream()
        .filter(period -> period.fromNanos() <= until && period.untilNanos() >= from)
        .flatMap(period -> period.view().stream())
        .flatMap(view -> view.myself().stream())
        .flatMap(node -> node.openSlots().stream())
        .anyMatch(open -> open.slot() == slot);
  }

  /** How many nodes anybody called a replica of the node at any time between the two. */
  long replicasOf(String node, long from, long until) {
    return byTime.stream()
        .filter(period -> period.fromNanos() <= until && period.untilNanos() >= from)
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
        tenures.add(tenure(slot, owner, claim));
        owner = claim.id();
      }
    }
    return List.copyOf(tenures);
  }

  /** The first sighting of each claim, by epoch: who has the greater one owns the slot. */
  private List<Claim> claims(int slot) {
    Map<String, Claim> first = new HashMap<>();
    for (ViewPeriod period : byTime) {
      for (NodeView node : period.view().map(ClusterView::nodes).orElse(List.of())) {
        if (node.owns(slot)) {
          first.putIfAbsent(
              node.id() + node.configEpoch(),
              new Claim(node.id(), node.configEpoch(), period.fromNanos()));
        }
      }
    }
    return first.values().stream()
        .sorted(
            Comparator.comparingLong(Claim::epoch)
                .thenComparingLong(Claim::seenFrom)
                .thenComparing(Claim::id))
        .toList();
  }

  private Tenure tenure(int slot, String before, Claim claim) {
    String node = timeline.nameOf(claim.id());
    if (before.isEmpty()) {
      return new Tenure(node, 0, claim.seenFrom(), Inheritance.FIRST);
    }
    long possibleFrom =
        byTime.stream()
            .filter(period -> period.observer().equals(node))
            .filter(period -> period.fromNanos() < claim.seenFrom())
            .filter(period -> !owns(period, slot))
            .mapToLong(period -> Math.min(period.lastNanos(), claim.seenFrom()))
            .max()
            .orElse(0);
    Inheritance inheritance =
        wasReplica(claim.id(), claim.seenFrom()) ? Inheritance.FAILOVER : Inheritance.MOVE;
    return new Tenure(node, possibleFrom, claim.seenFrom(), inheritance);
  }

  private static boolean owns(ViewPeriod period, int slot) {
    return period.view().flatMap(ClusterView::myself).map(me -> me.owns(slot)).orElse(false);
  }

  /** Whether the node was last seen as a replica before that time. */
  private boolean wasReplica(String id, long before) {
    Optional<NodeView> last = Optional.empty();
    for (ViewPeriod period : byTime) {
      if (period.fromNanos() >= before) {
        break;
      }
      Optional<NodeView> seen = period.view().flatMap(view -> view.node(id));
      last = seen.isPresent() ? seen : last;
    }
    return last.map(node -> node.is(NodeFlag.REPLICA)).orElse(false);
  }
}
