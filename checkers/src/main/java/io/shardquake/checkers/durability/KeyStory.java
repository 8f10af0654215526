package io.shardquake.checkers.durability;

import io.shardquake.checkers.durability.Tenure.Inheritance;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * One key's operations, divided by the failovers of its slot.
 *
 * @param lineages one more than there are failovers
 * @param cuts between one lineage and the next
 */
record KeyStory(List<Lineage> lineages, List<Cut> cuts) {
  KeyStory {
    lineages = List.copyOf(lineages);
    cuts = List.copyOf(cuts);
  }

  /** The failovers that separate tenures. */
  static List<Cut> cuts(int slot, Tenures tenures, Disruptions faults, Allowance allowed) {
    List<Tenure> all = tenures.of(slot);
    List<Cut> cuts = new ArrayList<>();
    for (int i = 1; i < all.size(); i++) {
      if (all.get(i).inheritance() == Inheritance.FAILOVER) {
        cuts.add(Cut.between(all.get(i - 1), all.get(i), slot, tenures, faults, allowed));
      }
    }
    return cuts;
  }

  /**
   * Divides the operations of a key among the owners of its slot, by the node that answered each.
   *
   * @throws UndecidedException if one was answered by a node that nobody called an owner
   */
  static KeyStory of(History history, int key, List<Tenure> tenures, List<Cut> cuts) {
    List<List<Integer>> done = lists(cuts.size() + 1);
    List<List<Integer>> open = lists(cuts.size() + 1);
    Rows rows = history.rowsOfKey(key);
    for (int i = 0; i < rows.size(); i++) {
      int row = rows.get(i);
      List<String> nodes = history.attribution(row).nodes();
      switch (history.type(row)) {
        case OK -> done.get(lineage(history, row, nodes, tenures)).add(row);
        case INFO -> lineagesOf(nodes, tenures).forEach(lineage -> open.get(lineage).add(row));
        case FAIL -> {}
      }
    }
    List<Lineage> lineages = new ArrayList<>();
    for (int i = 0; i < done.size(); i++) {
      lineages.add(new Lineage(history, done.get(i), open.get(i)));
    }
    return new KeyStory(lineages, cuts);
  }

  private static List<List<Integer>> lists(int count) {
    List<List<Integer>> lists = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lists.add(new ArrayList<>());
    }
    return lists;
  }

  private static int lineage(History history, int row, List<String> nodes, List<Tenure> tenures) {
    return lineageOf(history, row, tenures)
        .orElseThrow(
            () ->
                new UndecidedException(
                    "event %d was answered by %s, which was never seen to own the slot"
                        .formatted(
                            history.invocationIndex(row), nodes.isEmpty() ? "nobody" : nodes)));
  }

  /**
   * The number of the lineage that an operation which happened belongs to; empty if it was answered
   * by a node that was never seen to own the slot.
   */
  static OptionalInt lineageOf(History history, int row, List<Tenure> tenures) {
    List<String> nodes = history.attribution(row).nodes();
    int lineage = 0;
    int found = -1;
    for (int i = 0; i < tenures.size(); i++) {
      Tenure tenure = tenures.get(i);
      if (tenure.inheritance() == Inheritance.FAILOVER) {
        lineage++;
      }
      boolean here = nodes.size() == 1 && tenure.node().equals(nodes.get(0));
      boolean begun = tenure.possibleFrom() <= history.completionTimeNanos(row);
      // An importing node answers before it owns the slot.
      boolean importing = found < 0 && tenure.inheritance() == Inheritance.MOVE;
      if (here && (begun || importing)) {
        found = lineage;
      }
    }
    return found < 0 ? OptionalInt.empty() : OptionalInt.of(found);
  }

  /** Where an operation of unknown outcome may have happened. */
  private static List<Integer> lineagesOf(List<String> nodes, List<Tenure> tenures) {
    List<Integer> lineages = new ArrayList<>();
    int lineage = 0;
    for (Tenure tenure : tenures) {
      if (tenure.inheritance() == Inheritance.FAILOVER) {
        lineage++;
      }
      boolean maybe = nodes.isEmpty() || nodes.contains(tenure.node());
      if (maybe && !lineages.contains(lineage)) {
        lineages.add(lineage);
      }
    }
    return lineages;
  }
}
