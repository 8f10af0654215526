package io.shardquake.checkers;

import io.shardquake.checkers.faultlog.FaultLog;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.topology.TopologyLog;

/**
 * All that was recorded of one run.
 *
 * @param history what clients asked and were told
 * @param topology what the nodes said about the cluster
 * @param faults what was broken, when and where
 */
public record Evidence(History history, TopologyLog topology, FaultLog faults) {
  /** Evidence of which only the history is known, as from another tool. */
  public static Evidence of(History history) {
    return new Evidence(history, TopologyLog.EMPTY, FaultLog.EMPTY);
  }
}
