package io.shardquake.harness.sim;

import io.shardquake.faults.Capabilities;
import io.shardquake.harness.sim.node.SimCluster;
import java.util.TreeMap;

/** What simulated clusters can have done to them. */
public final class SimCapabilities {
  public static final Capabilities ALL = new Capabilities(new TreeMap<>(SimCluster.missing()));

  private SimCapabilities() {}
}
