package io.shardquake.harness.cluster.plan;

import io.shardquake.harness.cluster.ClusterException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Empties one master. */
public final class Drain {
  private Drain() {}

  /**
   * Gives the slots of one master to the others, each as many as leave the least differences, in
   * runs that are as long as possible.
   *
   * @param from the master to empty
   * @param others who may get its slots
   * @throws ClusterException with a message for the user if there is nobody to take them
   */
  public static List<SlotMove> plan(SlotHolder from, List<SlotHolder> others)
      throws ClusterException {
    if (others.isEmpty() && from.count() > 0) {
      throw new ClusterException("no other master is there to take the slots");
    }
    int[] gains = gains(from.count(), others);
    List<SlotMove> moves = new ArrayList<>(from.count());
    int next = 0;
    for (int i = 0; i < others.size(); i++) {
      for (int n = 0; n < gains[i]; n++) {
        moves.add(new SlotMove(from.slots().get(next++), from.id(), others.get(i).id()));
      }
    }
    return moves;
  }

  /** One slot after the other goes to whoever has the fewest then. */
  private static int[] gains(int count, List<SlotHolder> others) {
    int[] total = others.stream().mapToInt(SlotHolder::count).toArray();
    int[] before = Arrays.copyOf(total, total.length);
    for (int n = 0; n < count; n++) {
      int poorest =
          IntStream.range(0, total.length).reduce(0, (a, b) -> total[b] < total[a] ? b : a);
      total[poorest]++;
    }
    return IntStream.range(0, total.length).map(i -> total[i] - before[i]).toArray();
  }
}
