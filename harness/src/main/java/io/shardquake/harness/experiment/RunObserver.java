package io.shardquake.harness.experiment;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.harness.interpreter.OperationListener;

/** Somebody who watches a run while it goes on. Called from several threads; returns at once. */
public interface RunObserver extends OperationListener {
  /** The run has got this far. */
  void phase(RunPhase phase);

  /** A fault has got this far. */
  void fault(FaultEvent event);

  /** Something worth telling, in one line. */
  void remark(String line);
}
