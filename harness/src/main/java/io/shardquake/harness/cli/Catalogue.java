package io.shardquake.harness.cli;

import io.shardquake.faults.injector.StandardFaults;
import io.shardquake.faults.nemesis.FaultCatalogue;
import io.shardquake.harness.target.RedisTarget;
import io.shardquake.harness.target.ReferenceTarget;
import io.shardquake.harness.target.Target;
import io.shardquake.workloads.StandardWorkloads;
import io.shardquake.workloads.Workload;

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
   * The workload of this name, or the mixture that the text tells of.
   *
   * @throws UsageException if there is none
   */
  static Workload workload(String text) throws UsageException {
    try {
      return StandardWorkloads.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  static FaultCatalogue faults() {
    return StandardFaults.catalogue();
  }
}
