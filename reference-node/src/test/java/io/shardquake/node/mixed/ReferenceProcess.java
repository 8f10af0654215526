package io.shardquake.node.mixed;

import io.shardquake.node.server.NodeMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** This node as a process of its own, in a directory of its own that goes when it is closed. */
final class ReferenceProcess implements AutoCloseable {
  private final List<String> command;
  private final Path directory;
  private final int port;
  private final Thread atExit = new Thread(this::kill, "node-reaper");
  private Process process;

  private ReferenceProcess(List<String> command, Path directory, int port) throws IOException {
    this.command = command;
    this.directory = directory;
    this.port = port;
    this.process = launch(command, directory);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  static ReferenceProcess start(String... options) throws IOException {
    Path directory = Files.createTempDirectory("reference-node");
    int port = freePort();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
    command.addAll(List.of("-cp", classPath(), NodeMain.class.getName()));
    command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--dir", directory.toString(), "--save", ""));
    command.addAll(List.of("--cluster-port", Integer.toString(freePort())));
    command.addAll(List.of("--enable-debug-command", "yes"));
    command.addAll(List.of(options));
    return new ReferenceProcess(command, directory, port);
  }

  private static Process launch(List<String> command, Path directory) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()))
        .start();
  }

  /** Surefire's own class path is a jar that only names others, which serves as well. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it has logged so far. */
  String log() throws IOException {
    return Files.readString(directory.resolve("log"));
  }

  /** Starts it again after {@link #kill}, on the same port and with the same files. */
  void restart() throws IOException {
    process = launch(command, directory);
  }

  /** Kills the process at once (SIGKILL) and waits for its end; its files stay. */
  void kill() {
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
