package io.shardquake.harness.cluster.check;

import io.shardquake.harness.cluster.Answers;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.NodeReport;
import io.shardquake.harness.cluster.SlotCommands;
import io.shardquake.harness.cluster.state.ClusterSession;
import io.shardquake.harness.cluster.state.ClusterSnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The state of a cluster, judged.
 *
 * @param snapshot what the nodes say
 * @param keys how many keys each master holds, by identifier
 * @param foreignKeys how many keys of which slots a master holds that it does not own, by
 *     identifier
 * @param anomalies what is wrong; empty if the cluster is clean
 */
public record CheckReport(
    ClusterSnapshot snapshot,
    Map<String, Long> keys,
    Map<String, SortedMap<Integer, Long>> foreignKeys,
    List<Anomaly> anomalies) {

  /** Asks a whole cluster. */
  public static CheckReport of(ClusterSession session)
      throws ClusterException, InterruptedException {
    ClusterSnapshot snapshot = session.snapshot();
    Map<String, Long> keys = new LinkedHashMap<>();
    Map<String, SortedMap<Integer, Long>> foreign = new TreeMap<>();
    Map<String, SlotCommands> masters = session.masters(snapshot);
    for (NodeReport master : snapshot.masters()) {
      SlotCommands node = masters.get(master.id());
      keys.put(master.id(), Answers.await(node.node(), node.size()));
      SortedMap<Integer, Long> counts = ForeignKeys.on(master, node);
      if (!counts.isEmpty()) {
        foreign.put(master.id(), counts);
      }
    }
    return new CheckReport(snapshot, keys, foreign, ClusterDiagnosis.of(snapshot, foreign));
  }

  public boolean isClean() {
    return anomalies.isEmpty();
  }

  /**
   * Whether every slot is served and every key is where it belongs; nodes that are away and own
   * nothing do not count.
   */
  public boolean isWhole() {
    return anomalies.stream().allMatch(anomaly -> anomaly.kind() == AnomalyKind.UNREACHABLE);
  }

  /** Slots that masters hold keys of without owning them. */
  public SortedSet<Integer> foreignSlots() {
    SortedSet<Integer> slots = new TreeSet<>();
    foreignKeys.values().forEach(counts -> slots.addAll(counts.keySet()));
    return slots;
  }
}
