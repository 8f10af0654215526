package io.shardquake.harness.experiment;

import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.checkers.topology.TopologySample;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

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
    Optional<SortedMap<String, String>> agreedRoles = Optional.empty();
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
      SortedMap<String, String> roles = roles(view);
      if (agreedRoles.isPresent() && !agreedRoles.get().equals(roles)) {
        return Optional.of(
            sample.observer()
                + " and "
                + samples.get(0).observer()
                + " disagree on who replicates whom, or on epochs");
      }
      agreedRoles = Optional.of(roles);
      if (sharesAnEpoch(view)) {
        return Optional.of(sample.observer() + " knows two masters with the same config epoch");
      }
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

  /** Whom each node replicates, or else in which epoch it became master. */
  private static SortedMap<String, String> roles(ClusterView view) {
    SortedMap<String, String> roles = new TreeMap<>();
    for (NodeView node : view.nodes()) {
      if (!node.is(NodeFlag.HANDSHAKE)) {
        roles.put(node.id(), node.master().orElse("epoch " + node.configEpoch()));
      }
    }
    return roles;
  }

  private static boolean sharesAnEpoch(ClusterView view) {
    Set<Long> epochs = new TreeSet<>();
    return view.nodes().stream()
        .filter(node -> node.is(NodeFlag.MASTER) && !node.is(NodeFlag.HANDSHAKE))
        .anyMatch(master -> !epochs.add(master.configEpoch()));
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
