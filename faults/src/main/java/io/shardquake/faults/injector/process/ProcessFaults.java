package io.shardquake.faults.injector.process;

import io.shardquake.faults.nemesis.Injector;
import java.util.List;

/** All faults that are done to processes. */
public final class ProcessFaults {
  private ProcessFaults() {}

  /** In the order in which they are listed. */
  public static List<Injector> all() {
    return List.of(
        new Kill(),
        new Pause(),
        new Restart(),
        new RollingRestart(),
        new SlowProcess(),
        new ProcessorLimit(),
        new CrashInResync(),
        new CrashInRewrite());
  }
}
