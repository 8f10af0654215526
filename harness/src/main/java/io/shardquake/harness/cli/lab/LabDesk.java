package io.shardquake.harness.cli.lab;

/** Where orders come from and answers go to. */
interface LabDesk {
  /** Takes orders until somebody quits, there are no more, or the bench has ended. */
  void serve(LabBench bench) throws InterruptedException;

  /** Tells something that happened, in one line. Called from any thread. */
  void tell(String line);

  /** Gives back the terminal, if there is one. Idempotent; called from any thread. */
  void leave();
}
