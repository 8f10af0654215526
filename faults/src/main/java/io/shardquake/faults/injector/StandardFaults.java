package io.shardquake.faults.injector;

import io.shardquake.faults.injector.admin.AdministrationFaults;
import io.shardquake.faults.injector.disk.DiskFaults;
import io.shardquake.faults.injector.link.LinkFaults;
import io.shardquake.faults.injector.load.LoadFaults;
import io.shardquake.faults.injector.process.ProcessFaults;
import io.shardquake.faults.nemesis.FaultCatalogue;
import io.shardquake.faults.nemesis.Injector;
import java.util.ArrayList;
import java.util.List;

/** All faults that Shardquake has. */
public final class StandardFaults {
  private StandardFaults() {}

  /** The catalogue, in the order in which faults are listed. */
  public static FaultCatalogue catalogue() {
    List<Injector> all = new ArrayList<>(ProcessFaults.all());
    all.addAll(LinkFaults.all());
    all.addAll(AdministrationFaults.all());
    all.addAll(LoadFaults.all());
    all.addAll(DiskFaults.all());
    return new FaultCatalogue(all);
  }
}
