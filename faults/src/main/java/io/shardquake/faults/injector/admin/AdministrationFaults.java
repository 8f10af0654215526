package io.shardquake.faults.injector.admin;

import io.shardquake.faults.nemesis.Injector;
import java.util.List;

/** All faults that an administrator brings about. */
public final class AdministrationFaults {
  private AdministrationFaults() {}

  /** In the order in which they are listed. */
  public static List<Injector> all() {
    return List.of(
        new Reshard(),
        new InterruptedReshard(),
        new ManualFailover(),
        new MovedReplica(),
        new RemovedNode(),
        new ForgottenNode(),
        new EpochCollision(),
        new RewrittenConfiguration());
  }
}
