package io.shardquake.harness.cli;

import io.shardquake.faults.injector.StandardFaults;
import io.shardquake.faults.nemesis.FaultCatalogue;
import io.shardquake.harness.target.RedisTarget;
import io.shardquake.harness.target.Target;
import io.shardquake.workloads.Workload;
import io.shardquake.workloads.register.RegisterWorkload;
import java.time.Duration;

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
      // Signals end a run in good order, so servers that are still there when the JVM ends go at
      // once.
      case "redis" -> RedisTarget.onThisMachine(Duration.ZERO);
      case "reference" ->
          throw new UsageException(
              "the bundled reference nodes are not there yet: test a Redis with --target redis");
      default -> throw new UsageException("no target is called '" + name + "' (there is redis)");
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
