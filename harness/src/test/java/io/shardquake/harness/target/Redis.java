package io.shardquake.harness.target;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** The real server for tests that need one. */
public final class Redis {
  private Redis() {}

  /** Skips the test, saying so, where no redis-server is installed. */
  public static void assumeInstalled() {
    assumeTrue(
        isOnSearchPath("redis-server"),
        "SKIPPED: no redis-server on the PATH; on Debian: apt-get install redis-server");
  }

  /** Skips the test, saying so, where no redis-cli is installed. */
  public static void assumeCliInstalled() {
    assumeTrue(
        isOnSearchPath("redis-cli"),
        "SKIPPED: no redis-cli on the PATH; on Debian: apt-get install redis-tools");
  }

  /** The redis-server on the PATH. */
  static Path path() {
    return onSearchPath("redis-server").findFirst().orElseThrow();
  }

  private static boolean isOnSearchPath(String name) {
    return onSearchPath(name).findFirst().isPresent();
  }

  private static Stream<Path> onSearchPath(String name) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable);
  }

  /** A cluster of three masters and three replicas that fails over fast. */
  public static RunningCluster start(Path directory) throws Exception {
    return start(ClusterOptions.DEFAULT.withNodeTimeout(Duration.ofMillis(700)), directory);
  }

  public static RunningCluster start(ClusterOptions options, Path directory) throws Exception {
    assumeInstalled();
    long start = System.nanoTime();
    return RedisTarget.onThisMachine().start(options, directory, () -> System.nanoTime() - start);
  }
}
