package io.shardquake.faults.injector;

import io.shardquake.faults.injector.link.LinkFaults;
import io.shardquake.faults.nemesis.FaultCatalogue;
import io.shardquake.faults.nemesis.Injector;
import java.util.ArrayList;
import java.util.List;

/** All faults that Shardquake has. */
public final class StandardFaults {
  private StandardFaults() {}

  /** The catalogue, in the order in which faults are listed. */
  public static FaultCatalogue catalogue() {
    List<Injector> all =
        new ArrayList<>(List.of(new Kill(), new Pause(), new Restart(), new RollingRestart()));
    all.addAll(LinkFaults.all());
    return new FaultCatalogue(all);
  }
}
