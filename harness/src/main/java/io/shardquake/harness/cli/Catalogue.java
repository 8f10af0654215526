package io.shardquake.harness.cli;

import io.shardquake.faults.injector.StandardFaults;
import io.shardquake.faults.nemesis.FaultCatalogue;
import io.shardquake.harness.target.RedisTarget;
import io.shardquake.harness.target.ReferenceTarget;
import io.shardquake.harness.target.Target;
import io.shardquake.workloads.Workload;
import io.shardquake.workloads.register.RegisterWorkload;

/** What this build has, by the names that the command line knows. */
final class Catalogue {
  private Catalogue() {}

  /**
   * The target of this name.
   *
   * @throws UsageException if there is none
   */
  static Target target(String name) throws UsageException {
    return switch (name) {
      case "redis" -> RedisTarget.onThisMachine();
      case "reference" -> ReferenceTarget.onThisMachine();
      default ->
          throw new UsageException(
              "no target is called '" + name + "' (there are reference and redis)");
    };
  }

  /**
   * The workload of this name.
   *
   * @throws UsageException if there is none
   */
  static Workload workload(String name) throws UsageException {
    return switch (name) {
      case "register" -> new RegisterWorkload();
      default ->
          throw new UsageException("no workload is called '" + name + "' (there is register)");
    };
  }

  static FaultCatalogue faults() {
    return StandardFaults.catalogue();
  }
}
