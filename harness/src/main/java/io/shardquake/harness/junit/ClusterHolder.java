package io.shardquake.harness.junit;

import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.Readiness;
import io.shardquake.harness.experiment.Wholeness;
import io.shardquake.harness.target.ClusterOptions;
import io.shardquake.harness.target.ClusterOptions.Wiring;
import io.shardquake.harness.target.RedisTarget;
import io.shardquake.harness.target.ReferenceTarget;
import io.shardquake.harness.target.RunningCluster;
import io.shardquake.harness.target.Target;
import io.shardquake.harness.target.TargetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The cluster of a class or of a test, replaced when it is of no use any more. Synchronized. */
final class ClusterHolder {
  private static final Duration RECOVERY = Duration.ofSeconds(30);

  private final Target target;
  private final ClusterOptions options;
  private final Path directory;
  private ChaosCluster cluster;

  private ClusterHolder(
      Target target, ClusterOptions options, Path directory, ChaosCluster cluster) {
    this.target = target;
    this.options = options;
    this.directory = directory;
    this.cluster = cluster;
  }

  /** Starts a cluster. */
  static ClusterHolder start(ShardquakeCluster wanted, Path root)
      throws TargetException, InterruptedException, IOException {
    Target target =
        switch (wanted.target()) {
          case "reference" -> ReferenceTarget.onThisMachine();
          case "redis" -> RedisTarget.onThisMachine();
          default ->
              throw new IllegalArgumentException(
                  "no target is called '" + wanted.target() + "' (there are reference and redis)");
        };
    ClusterOptions options =
        ClusterOptions.DEFAULT
            .withShape(wanted.masters(), wanted.replicas())
            .withNodeTimeout(Duration.ofMillis(wanted.nodeTimeoutMillis()))
            .withDirectives(List.of(wanted.directives()))
            .withWiring(Wiring.PROXIED);
    if (!wanted.server().isEmpty()) {
      options = options.withServer(Path.of(wanted.server()));
    }
    return new ClusterHolder(target, options, root, start(target, options, root));
  }

  private static ChaosCluster start(Target target, ClusterOptions options, Path root)
      throws TargetException, InterruptedException, IOException {
    Path own = Files.createTempDirectory(Files.createDirectories(root), "cluster-");
    long start = System.nanoTime();
    return new ChaosCluster(target.start(options, own, () -> System.nanoTime() - start));
  }

  synchronized ChaosCluster cluster() {
    return cluster;
  }

  ClusterOptions options() {
    return options;
  }

  String target() {
    return target.name();
  }

  /** Makes it whole for the next test, by another cluster if need be. */
  synchronized void renew() throws TargetException, InterruptedException, IOException {
    try {
      Readiness.await(RECOVERY, () -> Wholeness.missing(cluster.call().samples()));
    } catch (ClusterException broken) {
      close();
      cluster = start(target, options, directory);
    }
  }

  synchronized void close() {
    RunningCluster running = cluster.running();
    running.close();
  }
}
