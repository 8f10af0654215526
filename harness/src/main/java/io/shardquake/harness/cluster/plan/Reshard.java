package io.shardquake.harness.cluster.plan;

import io.shardquake.harness.cluster.ClusterException;
import java.util.ArrayList;
import java.util.List;

/** Moves a number of slots to one master. */
public final class Reshard {
  private Reshard() {}

  /**
   * Takes from each source in proportion to what it owns, its lowest slots first.
   *
   * @param count how many slots
   * @param sources where to take them from; the target itself is left out
   * @param target identifier of the master that shall get them
   * @throws ClusterException with a message for the user if the sources own fewer
   */
  public static List<SlotMove> plan(int count, List<SlotHolder> sources, String target)
      throws ClusterException {
    List<SlotHolder> givers =
        sources.stream().filter(source -> !source.id().equals(target)).toList();
    int available = givers.stream().mapToInt(SlotHolder::count).sum();
    if (count < 1 || count > available) {
      throw new ClusterException(
          "cannot move "
              + count
              + " slots: the sources own "
              + available
              + " (without those of the target)");
    }
    List<Integer> shares =
        Shares.of(count, givers.stream().map(giver -> (double) giver.count()).toList());
    List<SlotMove> moves = new ArrayList<>();
    for (int i = 0; i < givers.size(); i++) {
      SlotHolder giver = givers.get(i);
      giver.slots().stream()
          .limit(shares.get(i))
          .forEach(slot -> moves.add(new SlotMove(slot, giver.id(), target)));
    }
    return moves;
  }

  /**
   * Empties a master: each slot goes to the master that owns fewest by then.
   *
   * @param leaving the master to be emptied
   * @param others the masters that stay, at least one
   * @throws ClusterException with a message for the user if there is no other master
   */
  public static List<SlotMove> drain(SlotHolder leaving, List<SlotHolder> others)
      throws ClusterException {
    if (others.isEmpty()) {
      throw new ClusterException(
          "there is no other master that could take the slots of " + leaving.id());
    }
    int[] counts = others.stream().mapToInt(SlotHolder::count).toArray();
    List<SlotMove> moves = new ArrayList<>();
    for (int slot : leaving.slots()) {
      int poorest = 0;
      for (int i = 1; i < counts.length; i++) {
        poorest = counts[i] < counts[poorest] ? i : poorest;
      }
      counts[poorest]++;
      moves.add(new SlotMove(slot, leaving.id(), others.get(poorest).id()));
    }
    return moves;
  }
}
