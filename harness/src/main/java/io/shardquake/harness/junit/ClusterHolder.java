package io.shardquake.harness.junit;

import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.Readiness;
import io.shardquake.harness.experiment.Wholeness;
import io.shardquake.harness.target.ClusterOptions;
import io.shardquake.harness.target.ClusterOptions.Wiring;
import io.shardquake.harness.target.RedisTarget;
import io.shardquake.harness.target.ReferenceTarget;
import io.shardquake.harness.target.Target;
import io.shardquake.harness.target.TargetException;
import io.shardquake.node.core.defect.Defect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The cluster of a class or of a test, replaced when it is of no use any more. Its files are
 * removed with it, unless a test failed on it. Synchronized.
 */
final class ClusterHolder {
  private static final Duration RECOVERY = Duration.ofSeconds(30);

  private final Target target;
  private final ClusterOptions options;
  private final Path root;
  private Current current;
  private boolean kept;

  /** The cluster that runs now, and where it has its files. */
  private record Current(ChaosCluster cluster, Path directory) {}

  private ClusterHolder(Target target, ClusterOptions options, Path root, Current current) {
    this.target = target;
    this.options = options;
    this.root = root;
    this.current = current;
  }

  /**
   * Starts a cluster.
   *
   * @param root below which it has its files
   * @throws IllegalArgumentException with one line for the user if it cannot be as is wanted
   */
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
            .withDefects(defects(wanted))
            .withWiring(Wiring.PROXIED);
    if (!wanted.server().isEmpty()) {
      options = options.withServer(Path.of(wanted.server()).toAbsolutePath());
    }
    return new ClusterHolder(target, options, root, start(target, options, root));
  }

  private static Set<Defect> defects(ShardquakeCluster wanted) {
    Set<Defect> defects = EnumSet.noneOf(Defect.class);
    for (String name : wanted.defects()) {
      defects.add(
          Defect.named(name)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "no defect is called '"
                              + name
                              + "' (shardquake node --list-defects lists them)")));
    }
    if (!defects.isEmpty() && !wanted.target().equals("reference")) {
      throw new IllegalArgumentException("only reference nodes can be given defects");
    }
    return defects;
  }

  private static Current start(Target target, ClusterOptions options, Path root)
      throws TargetException, InterruptedException, IOException {
    Path own = Files.createTempDirectory(Files.createDirectories(root), "cluster-");
    long start = System.nanoTime();
    return new Current(
        new ChaosCluster(target.start(options, own, () -> System.nanoTime() - start)), own);
  }

  synchronized ChaosCluster cluster() {
    return current.cluster();
  }

  ClusterOptions options() {
    return options;
  }

  String target() {
    return target.name();
  }

  /** A test failed: what the nodes of this cluster wrote is not to be removed. */
  synchronized void keep() {
    kept = true;
  }

  /** Makes it whole for the next test, by another cluster if need be. */
  synchronized void renew() throws TargetException, InterruptedException, IOException {
    try {
      Readiness.await(RECOVERY, () -> Wholeness.missing(current.cluster().call().samples()));
    } catch (ClusterException broken) {
      close();
      current = start(target, options, root);
      kept = false;
    }
  }

  /** Ends it. Idempotent. */
  synchronized void close() {
    current.cluster().running().close();
    if (!kept) {
      Artefacts.remove(current.directory());
    }
  }
}
