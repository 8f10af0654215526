package io.shardquake.harness.cli;

import io.shardquake.node.server.NodeCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * What the launcher runs once after a build, so that the JVM sees which classes a start needs and
 * writes them to an archive that later starts map: the command line's help, and a node that
 * answers.
 */
public final class ArchiveTraining {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private ArchiveTraining() {}

  public static void main(String[] arguments) throws IOException {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    CommandLines.execute(new Console(nowhere, nowhere, false, false), "run", "--help");
    Path directory = Files.createTempDirectory("shardquake");
    try {
      trainNode(directory, nowhere);
    } finally {
      delete(directory);
    }
  }

  private static void trainNode(Path directory, PrintStream nowhere) throws IOException {
    PrintStream console = System.out;
    System.setOut(nowhere);
    int port = freePort();
    CompletableFuture<Integer> ended = CompletableFuture.supplyAsync(() -> run(directory, port));
    try (Socket client =
        Awaitility.await().atMost(LIMIT).until(() -> connect(port), Optional::isPresent).get()) {
      client
          .getOutputStream()
          .write(
              "HELLO 3\r\nINFO\r\nSET a b\r\nGET a\r\nCLUSTER INFO\r\nCLUSTER NODES\r\nSHUTDOWN NOSAVE\r\n"
                  .getBytes(StandardCharsets.UTF_8));
      client.getInputStream().readAllBytes();
    }
    Awaitility.await().atMost(LIMIT).until(ended::isDone);
    System.setOut(console);
  }

  private static int run(Path directory, int port) {
    return NodeCommand.run(
        List.of(
            "--dir", directory.toString(),
            "--port", Integer.toString(port),
            "--cluster-port", Integer.toString(freePort()),
            "--cluster-enabled", "yes",
            "--appendonly", "yes"));
  }

  private static Optional<Socket> connect(int port) {
    try {
      return Optional.of(new Socket(InetAddress.getLoopbackAddress(), port));
    } catch (IOException notYet) {
      return Optional.empty();
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("no free port: " + e.getMessage(), e);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
