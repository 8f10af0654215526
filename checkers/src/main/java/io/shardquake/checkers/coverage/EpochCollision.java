package io.shardquake.checkers.coverage;

import io.shardquake.checkers.topology.ClusterTimeline;
import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.ViewPeriod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Masters with the same config epoch in the same view. The one with the smaller id is to take
 * another epoch (Redis Cluster specification, "configEpoch conflicts resolution").
 *
 * @param masters names, in order
 * @param observers who saw it
 */
record EpochCollision(
    long configEpoch,
    List<String> masters,
    List<String> observers,
    long fromNanos,
    long untilNanos) {

  /** The collisions in one view: names of masters by the epoch they share. */
  static Map<Long, List<String>> in(ClusterView view, ClusterTimeline names) {
    Map<Long, List<String>> masters = new TreeMap<>();
    for (NodeView node : view.nodes()) {
      if (node.is(NodeFlag.MASTER) && !node.is(NodeFlag.HANDSHAKE) && !node.is(NodeFlag.NOADDR)) {
        masters
            .computeIfAbsent(node.configEpoch(), e -> new ArrayList<>())
            .add(names.nameOf(node.id()));
      }
    }
    masters.values().removeIf(sharing -> sharing.size() < 2);
    masters.values().forEach(sharing -> sharing.sort(Comparator.naturalOrder()));
    return masters;
  }

  /** All collisions of the run, each told once however many saw it. */
  static List<EpochCollision> of(ClusterTimeline timeline) {
    List<EpochCollision> collisions = new ArrayList<>();
    for (ViewPeriod period : timeline.all()) {
      if (period.view().isPresent()) {
        in(period.view().get(), timeline)
            .forEach((epoch, masters) -> add(collisions, epoch, masters, period));
      }
    }
    collisions.sort(Comparator.comparingLong(EpochCollision::fromNanos));
    return collisions;
  }

  private static void add(
      List<EpochCollision> collisions, long epoch, List<String> masters, ViewPeriod period) {
    for (int i = 0; i < collisions.size(); i++) {
      EpochCollision known = collisions.get(i);
      if (known.configEpoch == epoch
          && known.masters.equals(masters)
          && period.fromNanos() <= known.untilNanos
          && known.fromNanos <= period.untilNanos()) {
        List<String> observers = new ArrayList<>(known.observers);
        if (!observers.contains(period.observer())) {
          observers.add(period.observer());
        }
        collisions.set(
            i,
            new EpochCollision(
                epoch,
                masters,
                observers,
                Math.min(known.fromNanos, period.fromNanos()),
                Math.max(known.untilNanos, period.untilNanos())));
        return;
      }
    }
    collisions.add(
        new EpochCollision(
            epoch, masters, List.of(period.observer()), period.fromNanos(), period.untilNanos()));
  }
}
