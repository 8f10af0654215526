package io.shardquake.harness.cluster.plan;

import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.harness.cluster.ClusterException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Evens out how many slots the masters own. */
public final class Rebalance {
  private static final double PERCENT = 100.0;

  private Rebalance() {}

  /**
   * Gives each master its share with as few moves as possible; a master that has too many gives its
   * highest slots.
   *
   * @param masters all masters
   * @param weights relative share of each master by identifier, not negative; 1 where none is given
   * @param thresholdPercent nothing is moved if no master is off its share by more than this
   * @throws ClusterException with a message for the user if no master has a weight
   */
  public static List<SlotMove> plan(
      List<SlotHolder> masters, Map<String, Double> weights, double thresholdPercent)
      throws ClusterException {
    List<Double> ordered =
        masters.stream().map(master -> weights.getOrDefault(master.id(), 1.0)).toList();
    if (ordered.stream().allMatch(weight -> weight <= 0)) {
      throw new ClusterException("no master may own slots: every weight is 0");
    }
    int total = masters.stream().mapToInt(SlotHolder::count).sum();
    List<Integer> shares = Shares.of(total, ordered);
    Deque<SlotMove> surplus = new ArrayDeque<>();
    Deque<String> wanted = new ArrayDeque<>();
    boolean needed = false;
    for (int i = 0; i < masters.size(); i++) {
      SlotHolder master = masters.get(i);
      int excess = master.count() - shares.get(i);
      needed |= Math.abs(excess) * PERCENT > thresholdPercent * Math.max(shares.get(i), 1);
      for (int n = 0; n < excess; n++) {
        int slot = master.slots().get(master.count() - 1 - n);
        surplus.add(new SlotMove(slot, master.id(), ""));
      }
      for (int n = 0; n < -excess; n++) {
        wanted.add(master.id());
      }
    }
    return needed ? pair(surplus, wanted) : List.of();
  }

  private static List<SlotMove> pair(Deque<SlotMove> surplus, Deque<String> wanted) {
    List<SlotMove> moves = new ArrayList<>(SlotRange.SLOTS);
    while (!surplus.isEmpty()) {
      SlotMove given = surplus.poll();
      moves.add(new SlotMove(given.slot(), given.from(), wanted.poll()));
    }
    return moves;
  }
}
