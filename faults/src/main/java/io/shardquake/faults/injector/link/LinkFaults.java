package io.shardquake.faults.injector.link;

import io.shardquake.faults.nemesis.Injector;
import java.util.List;

/** All faults of the links between nodes. */
public final class LinkFaults {
  private LinkFaults() {}

  /** In the order in which they are listed. */
  public static List<Injector> all() {
    return List.of(
        new PartitionLinks(),
        new Disconnection(),
        new DelayLinks(),
        new NarrowLinks(),
        new FlapLinks(),
        new LossyLinks(),
        new ResetLinks(),
        new LateClose(),
        new DuplicateLinks(),
        new CorruptBus());
  }
}
