package io.shardquake.harness.experiment;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.faults.nemesis.PlanNemesis;
import io.shardquake.harness.interpreter.OperationListener;
import io.shardquake.harness.target.RunningCluster;

/**
 * Somebody who watches a run while it goes on, and heeds what he chooses to. Called from several
 * threads; returns at once.
 */
public interface RunObserver extends OperationListener {
  /** The run has got this far. */
  default void phase(RunPhase phase) {}

  /**
   * The traffic has begun. Whoever watches may break the cluster beside the plan.
   *
   * @param nemesis usable until the phase is {@link RunPhase#HEALING}
   */
  default void underWay(RunningCluster cluster, PlanNemesis nemesis) {}

  /** A fault has got this far. */
  default void fault(FaultEvent event) {}

  /** Something worth telling, in one line. */
  default void remark(String line) {}
}
