package io.shardquake.harness.target;

import io.shardquake.faults.ClusterControl;
import java.util.List;

/** A cluster that a target started and that is open to traffic and faults. Thread-safe. */
public interface RunningCluster extends ClusterControl, AutoCloseable {
  /** Where the nodes are, in the order of {@link #nodes()}. */
  List<NodeEndpoint> endpoints();

  /** Which server it runs. */
  ServerDescription serverDescription();

  /**
   * Ends what the target started, paused nodes too, and returns when it is gone. Idempotent. Data
   * and logs stay. What outlives this (a process that even SIGKILL does not end) is told in the
   * log, not thrown.
   */
  @Override
  void close();
}
