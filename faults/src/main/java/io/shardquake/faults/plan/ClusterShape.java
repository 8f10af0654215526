package io.shardquake.faults.plan;

/**
 * How large a cluster is.
 *
 * @param masters at least 1
 * @param replicasPerMaster at least 0
 */
public record ClusterShape(int masters, int replicasPerMaster) {
  public ClusterShape {
    if (masters < 1 || replicasPerMaster < 0) {
      throw new IllegalArgumentException(
          "not a cluster: " + masters + " masters, " + replicasPerMaster + " replicas each");
    }
  }

  /** Masters and replicas together. */
  public int nodes() {
    return masters * (1 + replicasPerMaster);
  }
}
