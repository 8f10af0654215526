package io.shardquake.faults.injector.load;

import io.shardquake.faults.nemesis.Injector;
import java.util.List;

/** All faults of what a server is given to do. */
public final class LoadFaults {
  private LoadFaults() {}

  /** In the order in which they are listed. */
  public static List<Injector> all() {
    return List.of(new BlockedLoop(), new MemoryLimit(), new ReplicaOverflow());
  }
}
