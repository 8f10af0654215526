package io.shardquake.faults.injector;

import io.shardquake.faults.nemesis.FaultCatalogue;
import java.util.List;

/** All faults that Shardquake has. */
public final class StandardFaults {
  private StandardFaults() {}

  /** The catalogue, in the order in which faults are listed. */
  public static FaultCatalogue catalogue() {
    return new FaultCatalogue(
        List.of(new Kill(), new Pause(), new Restart(), new RollingRestart()));
  }
}
