package io.shardquake.harness.cluster.plan;

import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.harness.cluster.NodeReport;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A master and what it owns, as planning sees it.
 *
 * @param id its identifier
 * @param slots its slots, ascending
 */
public record SlotHolder(String id, List<Integer> slots) {
  public SlotHolder {
    slots = List.copyOf(slots);
  }

  /** The master that reports this. */
  public static SlotHolder of(NodeReport master) {
    return new SlotHolder(master.id(), slots(master.myself().slots()));
  }

  private static List<Integer> slots(List<SlotRange> ranges) {
    return ranges.stream()
        .flatMap(range -> IntStream.rangeClosed(range.first(), range.last()).boxed())
        .toList();
  }

  int count() {
    return slots.size();
  }
}
