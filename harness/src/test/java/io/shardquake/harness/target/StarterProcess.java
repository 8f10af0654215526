package io.shardquake.harness.target;

import java.io.IOException;
import java.nio.file.Path;

/** Run in a JVM of its own: starts a cluster, says so, and waits to be ended. */
final class StarterProcess {
  static final String READY = "ready";

  private StarterProcess() {}

  public static void main(String[] arguments) throws Exception {
    RunningCluster cluster = Redis.start(Path.of(arguments[0]));
    System.out.println(READY);
    cluster.nodes().forEach(node -> System.out.println(cluster.status(node).pid()));
    waitForEver();
  }

  private static void waitForEver() throws IOException {
    while (System.in.read() >= 0) {
      // Nobody writes here: reading blocks until this process is ended.
    }
  }

  /** Starts this in a JVM whose output can be read. */
  static Process launch(Path runDirectory) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            StarterProcess.class.getName(),
            runDirectory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
