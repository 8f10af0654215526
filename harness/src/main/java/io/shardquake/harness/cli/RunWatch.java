package io.shardquake.harness.cli;

import io.shardquake.harness.experiment.RunObserver;
import io.shardquake.harness.interpreter.RunClock;
import io.shardquake.harness.interpreter.StopSignal;
import io.shardquake.harness.store.RunDirectory;
import io.shardquake.harness.store.StoreException;
import java.io.IOException;

/** Somebody who watches a whole run, from before its start until it has been judged. */
public interface RunWatch extends RunObserver, AutoCloseable {
  /** Makes one when the clock of the run begins. */
  @FunctionalInterface
  interface Beginning {
    /**
     * Begins to watch.
     *
     * @param stop ends the traffic early
     */
    RunWatch begin(RunClock clock, StopSignal stop);
  }

  /** Everything is recorded and stopped, and nothing judged yet. */
  default void recorded(RunDirectory directory) throws StoreException, IOException {}

  @Override
  void close();
}
