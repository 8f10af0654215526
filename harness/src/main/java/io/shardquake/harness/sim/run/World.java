package io.shardquake.harness.sim.run;

import io.shardquake.harness.sim.network.NetworkQuality;
import io.shardquake.harness.sim.node.MachineQuality;
import java.time.Duration;

/**
 * What a simulated experiment takes place in, beside what the experiment itself says.
 *
 * @param network how good the network is on a good day
 * @param machine how good machines are on a good day
 * @param sampling how often nodes are asked for their view of the cluster
 * @param mostEvents how many events may happen before the simulation is given up
 * @param strays how often a client that does not know its way asks any node; zero for none
 */
public record World(
    NetworkQuality network,
    MachineQuality machine,
    Duration sampling,
    long mostEvents,
    Duration strays) {
  /** Machines in one room, on a good day. */
  public static final World GOOD =
      new World(
          NetworkQuality.GOOD,
          MachineQuality.GOOD,
          Duration.ofMillis(250),
          200_000_000L,
          Duration.ZERO);
}
