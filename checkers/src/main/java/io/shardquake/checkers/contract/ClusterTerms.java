package io.shardquake.checkers.contract;

import java.time.Duration;

/**
 * What was agreed of a cluster, and what its promises therefore are measured by.
 *
 * @param masters how many there were at first
 * @param replicasPerMaster how many each of them had at first
 * @param nodeTimeout the cluster's {@code cluster-node-timeout}
 * @param fullCoverage whether a cluster of which a slot has no owner refuses everything ({@code
 *     cluster-require-full-coverage})
 */
public record ClusterTerms(
    int masters, int replicasPerMaster, Duration nodeTimeout, boolean fullCoverage) {
  public ClusterTerms {
    if (masters < 1 || replicasPerMaster < 0 || nodeTimeout.isNegative()) {
      throw new IllegalArgumentException(
          "no cluster has %d masters, %d replicas each, and a node timeout of %s"
              .formatted(masters, replicasPerMaster, nodeTimeout));
    }
  }
}
