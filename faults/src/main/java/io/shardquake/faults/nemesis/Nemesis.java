package io.shardquake.faults.nemesis;

import java.util.concurrent.CompletionStage;

/** Breaks a cluster and makes it whole again. Thread-safe. */
public interface Nemesis {
  /**
   * Begins: this moment is the start of the traffic, from which the plan counts. Completes when
   * every fault has ended, or when the nemesis has healed before that; never fails. To be called
   * once.
   */
  CompletionStage<Void> start();

  /**
   * Ends every fault, lets no further one begin, and makes every node run and answer, also those
   * that died of themselves. To be called at the end of every run, started or not, whatever
   * happened. Bounded in time, never fails; called again it returns the same stage.
   */
  CompletionStage<HealReport> heal();
}
