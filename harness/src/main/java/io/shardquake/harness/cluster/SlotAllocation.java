package io.shardquake.harness.cluster;

import io.shardquake.checkers.topology.SlotRange;
import java.util.ArrayList;
import java.util.List;

/** Divides the slots among the masters of a new cluster. */
public final class SlotAllocation {
  private SlotAllocation() {}

  /**
   * One range for each master, in ascending order, covering all slots; sizes differ by at most one.
   * The ranges are those that {@code redis-cli --cluster create} gives.
   *
   * @param masters 1 to 16384
   */
  public static List<SlotRange> even(int masters) {
    if (masters < 1 || masters > SlotRange.SLOTS) {
      throw new IllegalArgumentException(
          "slots can be divided among 1 to " + SlotRange.SLOTS + " masters, not " + masters);
    }
    List<SlotRange> ranges = new ArrayList<>(masters);
    int first = 0;
    for (int master = 1; master <= masters; master++) {
      int end = (int) Math.round((double) SlotRange.SLOTS * master / masters);
      ranges.add(new SlotRange(first, end - 1));
      first = end;
    }
    return List.copyOf(ranges);
  }
}
