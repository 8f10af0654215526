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

/** What each node said about itself over time. */
record NodeFacts(List<Lane> lanes) {
  private static final int LONGEST_RANGES = 200;

  /** One node. */
  record Lane(String name, List<Segment> segments, List<Epoch> epochs) {}

  /**
   * A stretch of time in which a node was the same.
   *
   * @param node its position among the lanes, which is its colour
   * @param role {@code master}, {@code replica} or {@code silent}
   * @param master the position of a replica's master among the lanes; null if not known
   * @param slots how many a master owns
   * @param ok whether it said that the cluster is ok
   * @param error why it did not answer
   */
  record Segment(
      long from,
      long to,
      int node,
      String role,
      @Nullable Integer master,
      String masterName,
      int slots,
      String ranges,
      long epoch,
      boolean ok,
      String error) {
    boolean continues(Segment earlier) {
      return role.equals(earlier.role)
          && masterName.equals(earlier.masterName)
          && ranges.equals(earlier.ranges)
          && slots == earlier.slots
          && epoch == earlier.epoch
          && ok == earlier.ok
          && error.equals(earlier.error);
    }

    Segment until(long end) {
      return new Segment(
          from, end, node, role, master, masterName, slots, ranges, epoch, ok, error);
    }
  }

  /** A stretch of time with one config epoch; {@code borrowed} if it is the master's. */
  record Epoch(long from, long to, long epoch, boolean borrowed) {}

  static NodeFacts of(ClusterTimeline timeline, PageBounds bounds, Notices notices) {
    List<String> names = timeline.observers();
    List<Lane> lanes = new ArrayList<>();
    for (int node = 0; node < names.size(); node++) {
      List<Segment> segments = new ArrayList<>();
      for (ViewPeriod period : timeline.of(names.get(node))) {
        append(segments, segment(period, node, names, timeline));
      }
      List<Segment> shown = Coarsening.of(segments, bounds.segments(), Segment::from, Segment::to);
      if (shown.size() < segments.size()) {
        notices.add(
            "Lanes of nodes leave out the shortest of more than %d changes."
                .formatted(bounds.segments()));
      }
      lanes.add(new Lane(names.get(node), shown, epochs(shown)));
    }
    return new NodeFacts(lanes);
  }

  private static void append(List<Segment> segments, Segment next) {
    int last = segments.size() - 1;
    if (last >= 0 && next.continues(segments.get(last))) {
      segments.set(last, segments.get(last).until(next.to()));
    } else {
      segments.add(next);
    }
  }

  private static Segment segment(
      ViewPeriod period, int node, List<String> names, ClusterTimeline timeline) {
    long from = period.fromNanos();
    long to = period.untilNanos();
    Optional<NodeView> myself = period.view().flatMap(view -> view.myself());
    if (myself.isEmpty()) {
      String error = period.view().isEmpty() ? period.silence() : "its view does not name itself";
      return new Segment(from, to, node, "silent", null, "", 0, "", 0, false, error);
    }
    NodeView self = myself.get();
    boolean ok = period.view().orElseThrow().info().ok();
    if (self.is(NodeFlag.MASTER)) {
      SlotSet slots = SlotSet.of(self.slots());
      String ranges = Texts.shortened(slots.toString(), LONGEST_RANGES);
      return new Segment(
          from, to, node, "master", null, "", slots.size(), ranges, self.configEpoch(), ok, "");
    }
    String masterName = self.master().map(timeline::nameOf).orElse("");
    int position = names.indexOf(masterName);
    @Nullable Integer master = position < 0 ? null : position;
    return new Segment(
        from, to, node, "replica", master, masterName, 0, "", self.configEpoch(), ok, "");
  }

  private static List<Epoch> epochs(List<Segment> segments) {
    List<Epoch> epochs = new ArrayList<>();
    for (Segment segment : segments) {
      if (segment.role().equals("silent")) {
        continue;
      }
      boolean borrowed = segment.role().equals("replica");
      int last = epochs.size() - 1;
      boolean continues =
          last >= 0
              && epochs.get(last).to() == segment.from()
              && epochs.get(last).epoch() == segment.epoch()
              && epochs.get(last).borrowed() == borrowed;
      if (continues) {
        long from = epochs.get(last).from();
        epochs.set(last, new Epoch(from, segment.to(), segment.epoch(), borrowed));
      } else {
        epochs.add(new Epoch(segment.from(), segment.to(), segment.epoch(), borrowed));
      }
    }
    return epochs;
  }
}
