package io.shardquake.reports.html;

import io.shardquake.checkers.topology.ClusterTimeline;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.OpenSlot;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.checkers.topology.ViewPeriod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who owned which slot when.
 *
 * @param owners names of nodes; a position in this list is a colour
 * @param observers first what the masters claimed for themselves, then the eyes of each node
 */
record SlotMapFacts(List<String> owners, List<Observer> observers) {

  /** Ownership in the eyes of one observer. */
  record Observer(String name, List<SlotPainting.Segment> segments) {}

  static SlotMapFacts of(ClusterTimeline timeline, PageBounds bounds, Notices notices) {
    if (timeline.all().stream().allMatch(period -> period.view().isEmpty())) {
      return new SlotMapFacts(List.of(), List.of());
    }
    Palette palette = new Palette(timeline);
    List<Observer> observers = new ArrayList<>();
    observers.add(new Observer("the masters themselves", claimed(timeline, palette)));
    for (String observer : timeline.observers()) {
      observers.add(new Observer(observer, seen(timeline, observer, palette)));
    }
    observers.replaceAll(o -> bounded(o, bounds, notices));
    return new SlotMapFacts(palette.names, observers);
  }

  private static Observer bounded(Observer observer, PageBounds bounds, Notices notices) {
    List<SlotPainting.Segment> shown =
        Coarsening.of(
            observer.segments(),
            bounds.segments(),
            SlotPainting.Segment::from,
            SlotPainting.Segment::to);
    if (shown.size() < observer.segments().size()) {
      notices.add(
          "Maps of slots leave out the shortest of more than %d changes."
              .formatted(bounds.segments()));
    }
    return new Observer(observer.name(), shown);
  }

  /** The names of owners by their positions; nodes that were observed come first. */
  private static final class Palette {
    private final ClusterTimeline timeline;
    private final List<String> names;

    Palette(ClusterTimeline timeline) {
      this.timeline = timeline;
      this.names = new ArrayList<>(timeline.observers());
    }

    int of(NodeView node) {
      String name = timeline.nameOf(node.id());
      int position = names.indexOf(name);
      if (position < 0) {
        position = names.size();
        names.add(name);
      }
      return position;
    }
  }

  private static List<SlotPainting.Segment> seen(
      ClusterTimeline timeline, String observer, Palette palette) {
    SlotPainting painting = new SlotPainting();
    long end = 0;
    for (ViewPeriod period : timeline.of(observer)) {
      end = period.untilNanos();
      painting.begin(period.fromNanos());
      if (period.view().isPresent()) {
        painting.ownNothing();
        for (NodeView node : period.view().get().nodes()) {
          for (SlotRange range : node.slots()) {
            painting.own(range, palette.of(node));
          }
        }
        for (NodeView node : period.view().get().nodes()) {
          open(node, timeline, painting);
        }
      }
    }
    return painting.finish(end);
  }

  private static void open(NodeView node, ClusterTimeline timeline, SlotPainting painting) {
    for (OpenSlot slot : node.openSlots()) {
      String peer = timeline.nameOf(slot.peer());
      painting.open(
          slot.slot(),
          switch (slot.direction()) {
            case MIGRATING -> "migrating to " + peer;
            case IMPORTING -> "importing from " + peer;
          });
    }
  }

  /**
   * What the masters that answer claim for themselves. Where two claim a slot, the one with the
   * greater config epoch has it, as it will in the end.
   */
  private static List<SlotPainting.Segment> claimed(ClusterTimeline timeline, Palette palette) {
    List<ViewPeriod> periods =
        timeline.all().stream().sorted(Comparator.comparingLong(ViewPeriod::fromNanos)).toList();
    Map<String, NodeView> masters = new TreeMap<>();
    SlotPainting painting = new SlotPainting();
    long end = 0;
    for (ViewPeriod period : periods) {
      end = Math.max(end, period.untilNanos());
      Optional<NodeView> master =
          period.view().flatMap(view -> view.myself()).filter(self -> self.is(NodeFlag.MASTER));
      if (master.isPresent()) {
        masters.put(period.observer(), master.get());
      } else {
        masters.remove(period.observer());
      }
      painting.begin(period.fromNanos());
      painting.ownNothing();
      List<NodeView> byEpoch =
          masters.values().stream()
              .sorted(Comparator.comparingLong(NodeView::configEpoch))
              .toList();
      for (NodeView node : byEpoch) {
        node.slots().forEach(range -> painting.own(range, palette.of(node)));
        open(node, timeline, painting);
      }
    }
    return painting.finish(end);
  }
}
