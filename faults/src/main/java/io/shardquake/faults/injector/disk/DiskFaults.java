package io.shardquake.faults.injector.disk;

import io.shardquake.faults.nemesis.Injector;
import java.util.List;

/** All faults of disks and clocks. */
public final class DiskFaults {
  private DiskFaults() {}

  /** In the order in which they are listed. */
  public static List<Injector> all() {
    return List.of(
        new TornLog(),
        new LostConfiguration(),
        new PowerCut(),
        new FullDisk(),
        new SlowSync(),
        new FailingSync(),
        new ClockSkew());
  }
}
