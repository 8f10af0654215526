package io.shardquake.reports.html;

import io.shardquake.checkers.topology.ClusterTimeline;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.SlotSet;
import io.shardquake.checkers.topology.ViewPeriod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What each node said of itself at one time. */
record TopologyMoment(String label, long at, List<Node> nodes) {
  private static final long AROUND = 1_000_000_000;
  private static final int LONGEST_RANGES = 120;

  /** One node; no epoch if it did not answer. */
  record Node(String name, String role, @Nullable Long epoch, String slots) {}

  /** A second before, at the beginning, and a second after the end. */
  static List<TopologyMoment> around(ClusterTimeline timeline, long from, long to) {
    if (timeline.observers().isEmpty()) {
      return List.of();
    }
    return List.of(
        of("Before", timeline, Math.max(0, from - AROUND)),
        of("At its beginning", timeline, from),
        of("After", timeline, to + AROUND));
  }

  private static TopologyMoment of(String label, ClusterTimeline timeline, long at) {
    List<Node> nodes = new ArrayList<>();
    for (String observer : timeline.observers()) {
      Optional<ViewPeriod> period = timeline.at(observer, at);
      if (period.isEmpty()) {
        nodes.add(new Node(observer, "not yet sampled", null, ""));
        continue;
      }
      Optional<NodeView> self = period.get().view().flatMap(view -> view.myself());
      nodes.add(
          self.map(node -> node(observer, node, timeline))
              .orElse(new Node(observer, "no answer", null, "")));
    }
    return new TopologyMoment(label, at, nodes);
  }

  private static Node node(String observer, NodeView self, ClusterTimeline timeline) {
    if (self.is(NodeFlag.MASTER)) {
      String slots = Texts.shortened(SlotSet.of(self.slots()).toString(), LONGEST_RANGES);
      return new Node(observer, "master", self.configEpoch(), slots);
    }
    String master = self.master().map(timeline::nameOf).orElse("?");
    return new Node(observer, "replica of " + master, self.configEpoch(), "");
  }
}
