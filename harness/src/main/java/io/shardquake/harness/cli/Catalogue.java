package io.shardquake.harness.cli;

import io.shardquake.faults.injector.StandardFaults;
import io.shardquake.faults.nemesis.FaultCatalogue;
import io.shardquake.harness.target.ContainerTarget;
import io.shardquake.harness.target.ExternalTarget;
import io.shardquake.harness.target.MixedTarget;
import io.shardquake.harness.target.RedisTarget;
import io.shardquake.harness.target.ReferenceTarget;
import io.shardquake.harness.target.Target;
import io.shardquake.workloads.StandardWorkloads;
import io.shardquake.workloads.Workload;

/** What this build has, by the names that the command line knows. */
final class Catalogue {
  private Catalogue() {}

  /**
   * The target of this name, if its name says all.
   *
   * @throws UsageException if there is none, or more has to be known of it
   */
  static Target target(String name) throws UsageException {
    return switch (name) {
      case "redis" -> RedisTarget.onThisMachine();
      case "reference" -> ReferenceTarget.onThisMachine();
      case "mixed" -> MixedTarget.onThisMachine();
      case "container", "external" ->
          throw new UsageException(
              "what the target " + name + " was is not recorded: use the command in its report");
      default ->
          throw new UsageException(
              "no target is called '"
                  + name
                  + "' (there are reference, redis, mixed, container and external)");
    };
  }

  /**
   * The target that the options name.
   *
   * @throws UsageException if there is none, or it needs an option that is not there
   */
  static Target target(RunOptions options) throws UsageException {
    return switch (options.target) {
      case "container" ->
          new ContainerTarget(
              options.image.orElseThrow(
                  () -> new UsageException("--target container needs --image IMAGE")),
              options.imageServer);
      case "external" -> external(options);
      default -> target(options.target);
    };
  }

  private static Target external(RunOptions options) throws UsageException {
    try {
      return new ExternalTarget(
          options.external.orElseThrow(
              () -> new UsageException("--target external needs --external FILE")));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
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
