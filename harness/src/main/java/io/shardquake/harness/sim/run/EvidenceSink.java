package io.shardquake.harness.sim.run;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.harness.interpreter.HistorySink;
import java.io.IOException;

/** Where everything goes that is recorded of a simulated run, in the order in which it happens. */
public interface EvidenceSink extends HistorySink {
  /**
   * Takes a node's view of the cluster.
   *
   * @throws IOException if it cannot be kept
   */
  void sample(TopologySample sample) throws IOException;

  /**
   * Takes what became of a fault.
   *
   * @throws IOException if it cannot be kept
   */
  void fault(FaultEvent event) throws IOException;
}
