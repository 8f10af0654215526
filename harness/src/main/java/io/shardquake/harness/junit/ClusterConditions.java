package io.shardquake.harness.junit;

import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.checkers.topology.TopologySample;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Conditions of clusters, to be awaited: {@code await().until(cluster, agreesOnSlots())}. */
public final class ClusterConditions {
  private ClusterConditions() {}

  /** Every node answers and says that the cluster is ok. */
  public static Predicate<ClusterObservation> isOk() {
    return seen ->
        seen.samples().stream().allMatch(it -> it.answered() && ClusterView.of(it).info().ok());
  }

  /**
   * Every node answers, and all say the same of who owns which slot, and no slot lacks an owner.
   */
  public static Predicate<ClusterObservation> agreesOnSlots() {
    return seen -> {
      Set<Map<String, String>> beliefs =
          seen.samples().stream().map(ClusterConditions::belief).collect(Collectors.toSet());
      return beliefs.size() == 1
          && seen.samples().stream().allMatch(TopologySample::answered)
          && owned(seen.samples().get(0)) == SlotRange.SLOTS;
    };
  }

  /** The node holds itself to be a master that owns slots. */
  public static Predicate<ClusterObservation> isMaster(String node) {
    return seen ->
        seen.view(node)
            .flatMap(ClusterView::myself)
            .filter(self -> self.is(NodeFlag.MASTER) && self.slotCount() > 0)
            .isPresent();
  }

  /** Every node answers, and none takes another for failing. */
  public static Predicate<ClusterObservation> seesNoFailures() {
    return seen ->
        seen.samples().stream()
            .allMatch(
                it ->
                    it.answered()
                        && ClusterView.of(it).nodes().stream()
                            .noneMatch(n -> n.is(NodeFlag.FAIL) || n.is(NodeFlag.PFAIL)));
  }

  private static Map<String, String> belief(TopologySample sample) {
    Map<String, String> belief = new TreeMap<>();
    if (sample.answered()) {
      ClusterView.of(sample).nodes().stream()
          .filter(node -> node.slotCount() > 0)
          .forEach(node -> belief.put(node.id(), node.slots().toString()));
    }
    return belief;
  }

  private static int owned(TopologySample sample) {
    return ClusterView.of(sample).nodes().stream().mapToInt(NodeView::slotCount).sum();
  }
}
