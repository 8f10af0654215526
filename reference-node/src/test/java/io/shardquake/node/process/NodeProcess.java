package io.shardquake.node.process;

import io.shardquake.node.server.NodeMain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A reference node in a process of its own, on a free port of the loopback interface. Closing it
 * kills it; its files stay.
 */
public final class NodeProcess implements AutoCloseable {
  private static final int ATTEMPTS = 5;
  private static final int GREATEST_WITH_BUS = 55_535;

  private final Process process;
  private final Path directory;
  private final int port;
  private final Thread atExit = new Thread(this::kill, "node-reaper");

  private NodeProcess(Process process, Path directory, int port) {
    this.process = process;
    this.directory = directory;
    this.port = port;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Starts a node that serves by the time this returns.
   *
   * @param directory where its files are
   * @param options as on the command line, after those for port and directory
   * @throws IOException if it does not start; the message holds its log
   */
  public static NodeProcess start(Path directory, String... options) throws IOException {
    return start(List.of(), directory, options);
  }

  /** The same with a configuration file. */
  static NodeProcess startWithFile(Path directory, Path file, String... options)
      throws IOException {
    return start(List.of(file.toString()), directory, options);
  }

  private static NodeProcess start(List<String> file, Path directory, String... options)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      NodeProcess node = launch(file, directory, options);
      if (node.accepts()) {
        return node;
      }
      String log = Files.readString(directory.resolve("node.log"));
      node.close();
      if (attempt == ATTEMPTS || !log.contains("cannot listen")) {
        throw new IOException("the node did not start:\n" + log);
      }
    }
  }

  private static NodeProcess launch(List<String> file, Path directory, String... options)
      throws IOException {
    int port = freePort();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                NodeMain.class.getName()));
    command.addAll(file);
    command.addAll(List.of("--port", Integer.toString(port), "--dir", directory.toString()));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("node.log").toFile())
            .start();
    return new NodeProcess(process, directory, port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // The port of the cluster bus lies 10000 above, and has to exist as well.
      int port = socket.getLocalPort();
      return port <= GREATEST_WITH_BUS ? port : freePort();
    }
  }

  private boolean accepts() {
    Awaitility.await("the node to serve or to end")
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(60))
        .until(() -> !process.isAlive() || serves());
    return process.isAlive();
  }

  /** While a node loads its files, it takes connections but serves none. */
  private boolean serves() {
    try (Wire wire = new Wire(port)) {
      return !wire.ask("PING").text().startsWith("LOADING ");
    } catch (IOException e) {
      return false;
    }
  }

  public int port() {
    return port;
  }

  public Path directory() {
    return directory;
  }

  /** What it has written to its log. */
  public String log() throws IOException {
    return Files.readString(directory.resolve("node.log"));
  }

  /** Kills the process at once (SIGKILL) and waits for its end. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Asks the process to end (SIGTERM), waits for that, and gives its exit code. */
  public int terminate() {
    process.destroy();
    awaitEnd();
    return process.exitValue();
  }

  private void awaitEnd() {
    try {
      process.waitFor(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }
}
