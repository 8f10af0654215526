package io.shardquake.checkers.contract;

import io.shardquake.checkers.topology.ClusterTimeline;
import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.ViewPeriod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who was a master of slots, and who replicated whom, as the samples of a run show it. Nodes go by
 * the harness's names.
 */
final class Masters {
  /** A node that had been a replica was first seen to own slots. */
  record Promotion(String node, String of, long seenNanos, long lastSeenAsReplicaNanos) {}

  private final ClusterTimeline timeline;
  private final List<ViewPeriod> byTime;

  Masters(ClusterTimeline timeline) {
    this.timeline = timeline;
    this.byTime =
        timeline.all().stream()
            .filter(period -> period.view().isPresent())
            .sorted(Comparator.comparingLong(ViewPeriod::fromNanos))
            .toList();
  }

  /** The nodes that owned slots, in the eyes of those that were heard last before the time. */
  Set<String> at(long nanos) {
    Set<String> masters = new TreeSet<>();
    latest(nanos)
        .ifPresent(
            view ->
                view.nodes().stream()
                    .filter(node -> node.slotCount() > 0)
                    .forEach(node -> masters.add(timeline.nameOf(node.id()))));
    return masters;
  }

  /** The healthy replicas of a node, in the eyes of the node heard last before the time. */
  Set<String> replicasOf(String master, long nanos) {
    Set<String> replicas = new TreeSet<>();
    latest(nanos)
        .ifPresent(
            view ->
                view.nodes().stream()
                    .filter(node -> !node.is(NodeFlag.FAIL) && !node.is(NodeFlag.PFAIL))
                    .filter(
                        node ->
                            node.master().map(timeline::nameOf).filter(master::equals).isPresent())
                    .forEach(node -> replicas.add(timeline.nameOf(node.id()))));
    return replicas;
  }

  private Optional<ClusterView> latest(long nanos) {
    Optional<ClusterView> latest = Optional.empty();
    for (ViewPeriod period : byTime) {
      if (period.fromNanos() > nanos) {
        break;
      }
      latest = period.view();
    }
    return latest;
  }

  /** The promotions, by the nodes' own words. */
  List<Promotion> promotions() {
    List<Promotion> promotions = new ArrayList<>();
    for (String observer : timeline.observers()) {
      Optional<NodeView> before = Optional.empty();
      long heard = 0;
      for (ViewPeriod period : timeline.of(observer)) {
        Optional<NodeView> now = period.view().flatMap(ClusterView::myself);
        if (now.isPresent() && before.isPresent() && promoted(before.get(), now.get())) {
          String old = before.get().master().map(timeline::nameOf).orElse("");
          promotions.add(new Promotion(observer, old, period.fromNanos(), heard));
        }
        before = now.isPresent() ? now : before;
        heard = now.isPresent() ? period.lastNanos() : heard;
      }
    }
    promotions.sort(Comparator.comparingLong(Promotion::seenNanos));
    return promotions;
  }

  private static boolean promoted(NodeView before, NodeView now) {
    return before.is(NodeFlag.REPLICA) && now.is(NodeFlag.MASTER) && now.slotCount() > 0;
  }

  /** What each node said of itself, in order of time; nodes by name. */
  Map<String, List<ViewPeriod>> ownWords() {
    Map<String, List<ViewPeriod>> words = new TreeMap<>();
    for (String observer : timeline.observers()) {
      words.put(
          observer,
          timeline.of(observer).stream().filter(period -> period.view().isPresent()).toList());
    }
    return words;
  }
}
