package io.shardquake.harness.sim.scenario;

import io.shardquake.checkers.topology.ClusterTimeline;
import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.TopologyLog;
import io.shardquake.checkers.topology.TopologySample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a cluster went: of each node what it was, one after the other, by its own words, and who
 * owned what in the end. What does not depend on how fast machines are: a claim that somebody else
 * had already overtaken is left out, since a node that comes back makes it until it is told.
 *
 * @param roles by node: {@code master in epoch 7}, {@code replica of n4}
 * @param owners by node: the slots that it owned at last
 */
record Course(Map<String, List<String>> roles, Map<String, String> owners) {
  static Course of(TopologyLog log) {
    ClusterTimeline names = ClusterTimeline.of(log);
    Map<String, List<String>> roles = new TreeMap<>();
    Map<String, String> owners = new TreeMap<>();
    Map<Integer, Long> greatest = new LinkedHashMap<>();
    List<TopologySample> samples =
        log.samples().stream()
            .filter(TopologySample::answered)
            .sorted(Comparator.comparingLong(TopologySample::timeNanos))
            .toList();
    for (TopologySample sample : samples) {
      NodeView self = ClusterView.of(sample).myself().orElseThrow();
      boolean master = self.is(NodeFlag.MASTER);
      if (master && isOvertaken(self, greatest)) {
        continue;
      }
      String role =
          master
              ? "master in epoch " + self.configEpoch()
              : "replica of " + self.master().map(names::nameOf).orElse("nobody");
      List<String> known = roles.computeIfAbsent(sample.observer(), n -> new ArrayList<>());
      if (known.isEmpty() || !known.get(known.size() - 1).equals(role)) {
        known.add(role);
      }
      owners.put(sample.observer(), self.slots().toString());
    }
    return new Course(roles, owners);
  }

  /** Whether somebody has claimed a slot of this master's in a greater epoch. */
  private static boolean isOvertaken(NodeView master, Map<Integer, Long> greatest) {
    boolean overtaken = false;
    for (var range : master.slots()) {
      for (int slot = range.first(); slot <= range.last(); slot++) {
        long before = greatest.merge(slot, master.configEpoch(), Math::max);
        overtaken |= before > master.configEpoch();
      }
    }
    return overtaken;
  }
}
