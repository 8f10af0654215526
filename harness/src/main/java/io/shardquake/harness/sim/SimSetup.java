package io.shardquake.harness.sim;

import io.shardquake.harness.experiment.Experiment;
import io.shardquake.harness.sim.run.World;

/**
 * Everything that decides how a simulation goes.
 *
 * @param experiment what is done and demanded; its seed decides everything else
 * @param world what it takes place in
 */
public record SimSetup(Experiment experiment, World world) {
  /** The same with another experiment. */
  public SimSetup with(Experiment other) {
    return new SimSetup(other, world);
  }
}
