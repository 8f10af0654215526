package io.shardquake.faults.injector.link;

import io.shardquake.faults.nemesis.Injector;
import java.util.List;

/** All faults that a link proxy can inject. */
public final class LinkFaults {
  private LinkFaults() {}

  /** In the order in which they are listed. */
  public static List<Injector> all() {
    return List.of(
        new PartitionLinks(),
        new DelayLinks(),
        new NarrowLinks(),
        new FlapLinks(),
        new ResetLinks(),
        new LateClose(),
        new DuplicateLinks(),
        new CorruptBus());
  }
}
