package io.shardquake.node.differential;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real redis-server on free ports of the loopback interface, in a directory of its own. Closing
 * it kills the process and removes the directory; so does the end of the JVM.
 */
public final class RedisServerProcess implements AutoCloseable {
  /** Why tests that need the server are skipped where there is none. */
  public static final String MISSING =
      "SKIPPED: no redis-server on the PATH; on Debian: apt-get install redis-server";

  private static final int ATTEMPTS = 5;

  private final Process process;
  private final Path directory;
  private final int port;
  private final Thread atExit = new Thread(this::kill, "redis-server-reaper");

  private RedisServerProcess(Process process, Path directory, int port) {
    this.process = process;
    this.directory = directory;
    this.port = port;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  public static boolean isInstalled() {
    String path = System.getenv("PATH");
    return path != null
        && Stream.of(path.split(File.pathSeparator, -1))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "redis-server")));
  }

  /** Skips the running test, saying so, where no redis-server is installed. */
  public static void assumeInstalled() {
    assumeTrue(isInstalled(), MISSING);
  }

  /**
   * Starts a server that answers by the time this returns.
   *
   * @param options as on the command line, after those for port, directory and no persistence
   */
  public static RedisServerProcess start(String... options) throws IOException {
    assumeInstalled();
    for (int attempt = 1; ; attempt++) {
      RedisServerProcess server = launch(options);
      if (server.answers()) {
        return server;
      }
      String log = Files.readString(server.log());
      server.close();
      if (attempt == ATTEMPTS) {
        throw new IOException("redis-server did not start:\n" + log);
      }
    }
  }

  private static RedisServerProcess launch(String... options) throws IOException {
    Path directory = Files.createTempDirectory("redis-server");
    int port = freePort();
    List<String> command =
        new ArrayList<>(
            List.of("redis-server", "--port", Integer.toString(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--dir", directory.toString(), "--save", "", "--daemonize", "no"));
    command.addAll(List.of("--enable-debug-command", "yes", "--appendonly", "no"));
    command.addAll(List.of("--cluster-port", Integer.toString(freePort())));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("redis.log").toFile())
            .start();
    return new RedisServerProcess(process, directory, port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean answers() {
    Awaitility.await("redis-server to serve or to end")
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofSeconds(20))
        .until(() -> !process.isAlive() || serves());
    return process.isAlive();
  }

  /** Who only accepts may still find the port of its bus taken, and end. */
  private boolean serves() {
    try (Socket socket = new Socket()) {
      socket.connect(address(), 1000);
      socket.setSoTimeout(1000);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().read() >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Where it listens for clients. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  /** Where its files are. */
  public Path directory() {
    return directory;
  }

  private Path log() {
    return directory.resolve("redis.log");
  }

  /** Kills the process at once (SIGKILL) and waits for its end; its files stay. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
    Runtime.getRuntime().removeShutdownHook(atExit);
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
