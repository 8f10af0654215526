package io.shardquake.checkers.transactions;

import java.util.List;

/**
 * Transactions each of which must come before the next, and the last one before the first.
 *
 * @param steps from each to the next
 * @param order by what they are ordered besides what they saw
 * @param isWeakest whether it was made sure that no weaker cycle goes through the same transactions
 */
record Cycle(List<Step> steps, DependencyGraph.Order order, boolean isWeakest) {
  /**
   * From one transaction to another that must come after it.
   *
   * @param kind why, one of {@link DependencyGraph}'s
   * @param element what it is about, if it is about an element
   */
  record Step(int from, int to, byte kind, int element) {
    boolean isAntiDependency() {
      return kind == DependencyGraph.RW;
    }
  }

  Cycle {
    steps = List.copyOf(steps);
  }

  /** What it is called. */
  Anomaly anomaly() {
    return unclosed().closedBy(order);
  }

  private Anomaly unclosed() {
    long antiDependencies = steps.stream().filter(Step::isAntiDependency).count();
    if (antiDependencies == 0) {
      boolean anyRead = steps.stream().anyMatch(step -> step.kind() == DependencyGraph.WR);
      return anyRead ? Anomaly.G1C : Anomaly.G0;
    }
    if (antiDependencies == 1) {
      return Anomaly.G_SINGLE;
    }
    boolean adjacent =
        steps.get(steps.size() - 1).isAntiDependency() && steps.get(0).isAntiDependency();
    for (int i = 1; i < steps.size(); i++) {
      adjacent |= steps.get(i - 1).isAntiDependency() && steps.get(i).isAntiDependency();
    }
    return adjacent ? Anomaly.G2 : Anomaly.G_NONADJACENT;
  }

  /** The transactions in their order. */
  int[] transactions() {
    return steps.stream().mapToInt(Step::from).toArray();
  }
}
