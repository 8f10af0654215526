package io.shardquake.harness.experiment;

import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.checkers.topology.TopologySample;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether a cluster is whole: every node answers and says that its cluster is ok, all agree on who
 * owns which slots, and every slot has an owner. Pure.
 */
public final class Wholeness {
  private Wholeness() {}

  /**
   * What is missing, in words; empty if the cluster is whole.
   *
   * @param samples one of each node, at least one
   */
  public static Optional<String> missing(List<TopologySample> samples) {
    Optional<SortedMap<String, List<SlotRange>>> agreed = Optional.empty();
    for (TopologySample sample : samples) {
      if (!sample.answered()) {
        return Optional.of(sample.observer() + " does not answer: " + sample.error());
      }
      ClusterView view = ClusterView.of(sample);
      if (!view.info().ok()) {
        return Optional.of(sample.observer() + " says that its cluster is not ok");
      }
      SortedMap<String, List<SlotRange>> owners = owners(view);
      if (agreed.isPresent() && !agreed.get().equals(owners)) {
        return Optional.of(
            sample.observer() + " and " + samples.get(0).observer() + " disagree on who owns what");
      }
      agreed = Optional.of(owners);
    }
    int owned =
        agreed.orElseThrow().values().stream()
            .flatMap(List::stream)
            .mapToInt(SlotRange::size)
            .sum();
    return owned == SlotRange.SLOTS
        ? Optional.empty()
        : Optional.of("only " + owned + " of " + SlotRange.SLOTS + " slots have an owner");
  }

  /** Slots by the id of their owner, of those that the observer holds to be alive. */
  private static SortedMap<String, List<SlotRange>> owners(ClusterView view) {
    SortedMap<String, List<SlotRange>> owners = new TreeMap<>();
    for (NodeView node : view.nodes()) {
      if (!node.slots().isEmpty() && !node.is(NodeFlag.FAIL) && !node.is(NodeFlag.PFAIL)) {
        owners.put(node.id(), node.slots());
      }
    }
    return owners;
  }
}
