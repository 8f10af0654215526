package io.shardquake.faults.plan;

import java.time.Duration;
import java.util.List;

/**
 * What a planner has to know.
 *
 * @param kinds of faults to use; empty for a plan without faults
 * @param traffic how long the traffic lasts; positive. Every fault begins and, as far as that can
 *     be told beforehand, ends within
 * @param shape of the cluster
 * @param nodeTimeout {@code cluster-node-timeout}; positive
 * @param intensity how hard to strike
 */
public record PlannerOptions(
    List<FaultKind> kinds,
    Duration traffic,
    ClusterShape shape,
    Duration nodeTimeout,
    Intensity intensity) {
  public PlannerOptions {
    kinds = List.copyOf(kinds);
    requirePositive("traffic", traffic);
    requirePositive("node timeout", nodeTimeout);
  }

  private static void requirePositive(String name, Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("the " + name + " must be positive, not " + time);
    }
  }
}
