package io.shardquake.checkers.statistics;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.ClusterTimeline;
import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.checkers.topology.ViewPeriod;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The parts of the key space as they were shared out when the run began, each named after its first
 * owner: a shard keeps its name whoever serves it later.
 */
public final class Shards {
  /** The shard of keys that are not known to be in any. */
  public static final String WHOLE = "all";

  private final String[] shardOfSlot = new String[SlotRange.SLOTS];

  private Shards() {
    Arrays.fill(shardOfSlot, WHOLE);
  }

  /** From the first view that gave every slot an owner; a single shard if there is none. */
  public static Shards of(ClusterTimeline timeline) {
    List<ViewPeriod> byTime =
        timeline.all().stream().sorted(Comparator.comparingLong(ViewPeriod::fromNanos)).toList();
    for (ViewPeriod period : byTime) {
      Optional<ClusterView> view = period.view();
      if (view.isPresent() && isFull(view.get())) {
        return sharedOut(view.get(), timeline);
      }
    }
    return new Shards();
  }

  private static boolean isFull(ClusterView view) {
    return view.nodes().stream().mapToInt(NodeView::slotCount).sum() >= SlotRange.SLOTS;
  }

  private static Shards sharedOut(ClusterView view, ClusterTimeline timeline) {
    Shards shards = new Shards();
    for (NodeView node : view.nodes()) {
      for (SlotRange range : node.slots()) {
        Arrays.fill(
            shards.shardOfSlot, range.first(), range.last() + 1, timeline.nameOf(node.id()));
      }
    }
    return shards;
  }

  /** The shard of a key as a history has it. */
  public String of(Value key) {
    OptionalInt slot = KeySlot.of(key);
    return slot.isPresent() ? shardOfSlot[slot.getAsInt()] : WHOLE;
  }
}
