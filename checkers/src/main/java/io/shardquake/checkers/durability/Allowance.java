package io.shardquake.checkers.durability;

import java.time.Duration;

/**
 * What Redis Cluster is allowed to lose.
 *
 * @param nodeTimeout the cluster's {@code cluster-node-timeout}
 * @param replicationLag how long before a failure a write may have been acknowledged and still be
 *     lost with the master that acknowledged it, because replication is asynchronous
 */
public record Allowance(Duration nodeTimeout, Duration replicationLag) {
  /** What is allowed where nothing is known that would ask for more: one second of lag. */
  public static Allowance of(Duration nodeTimeout) {
    return new Allowance(nodeTimeout, Duration.ofSeconds(1));
  }

  public Allowance {
    if (nodeTimeout.isNegative() || replicationLag.isNegative()) {
      throw new IllegalArgumentException(
          "an allowance must not be negative: " + nodeTimeout + ", " + replicationLag);
    }
  }

  /**
   * How long before an election that no fault explains the old master and the new one may have lost
   * sight of each other: each needs a node timeout to notice, and the election takes its time.
   */
  long unexplainedNanos() {
    return nodeTimeout.multipliedBy(2).plusSeconds(5).toNanos();
  }
}
