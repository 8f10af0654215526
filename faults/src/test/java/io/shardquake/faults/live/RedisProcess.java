package io.shardquake.faults.live;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.faults.Capabilities;
import io.shardquake.faults.ClusterControl;
import io.shardquake.faults.NodeStatus;
import io.shardquake.faults.NodeStatus.State;
import io.shardquake.faults.process.ProcessIdentity;
import io.shardquake.faults.process.ProcessSignals;
import io.shardquake.faults.process.ProcessState;
import io.shardquake.faults.process.ProcessTable;
import io.shardquake.faults.process.Signal;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;

/** A cluster of one redis-server, to be broken for real. */
final class RedisProcess implements ClusterControl, AutoCloseable {
  private static final int ANSWER_MILLIS = 2_000;

  private final ProcessTable table = ProcessTable.ofThisMachine();
  private final ProcessSignals signals = new ProcessSignals(table);
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final Path directory;
  private final InetSocketAddress address;
  private Process process;
  private ProcessIdentity identity;

  RedisProcess(Path directory) throws IOException {
    this.directory = directory;
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
    this.process = launch();
    this.identity = table.find(process.pid()).orElseThrow();
    awaitPong();
    ask("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
    awaitOk();
  }

  /** A master that has just started serves nobody for two seconds. */
  void awaitOk() {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> text(ask("CLUSTER", "INFO")).contains("cluster_state:ok"));
  }

  /** Its bus listens 10000 higher, which must be a port too. */
  private static int freePort() throws IOException {
    for (int attempt = 0; attempt < 100; attempt++) {
      try (ServerSocket data = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        int port = data.getLocalPort();
        if (port + 10_000 <= 0xffff && isFree(port + 10_000)) {
          return port;
        }
      }
    }
    throw new IOException("no two free ports 10000 apart");
  }

  private static boolean isFree(int port) {
    try (ServerSocket bus = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return bus.isBound();
    } catch (IOException occupied) {
      return false;
    }
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(
            "redis-server",
            "--port",
            Integer.toString(address.getPort()),
            "--bind",
            "127.0.0.1",
            "--cluster-enabled",
            "yes",
            "--appendonly",
            "yes",
            "--dir",
            directory.toString())
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(directory.resolve("log").toFile()))
        .start();
  }

  private void awaitPong() {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> ask("PING").equals(Value.of("PONG")));
  }

  Value ask(String... words) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.connect(address, ANSWER_MILLIS);
      StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
      for (String word : words) {
        request.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
      }
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
      return read(new DataInputStream(socket.getInputStream()));
    }
  }

  private static Value read(DataInputStream in) throws IOException {
    String line = line(in);
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+' -> Value.of(rest);
      case ':' -> Value.of(Long.parseLong(rest));
      case '$' -> Value.of(bulk(in, Integer.parseInt(rest)));
      default -> throw new IOException(rest);
    };
  }

  private static String bulk(DataInputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    in.readNBytes(2);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
      line.append((char) c);
    }
    return line.substring(0, line.length() - 1);
  }

  @Override
  public List<String> nodes() {
    return List.of("n1");
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(Map.of());
  }

  @Override
  public synchronized NodeStatus status(String node) {
    return switch (table.state(identity)) {
      case RUNNING -> new NodeStatus(node, identity.pid(), State.RUNNING);
      case STOPPED -> new NodeStatus(node, identity.pid(), State.PAUSED);
      case DEAD -> new NodeStatus(node, -1, State.DEAD);
    };
  }

  @Override
  public CompletionStage<TopologySample> view(String node) {
    return async(
            () ->
                new TopologySample(
                    0, node, text(ask("CLUSTER", "NODES")), text(ask("CLUSTER", "INFO")), ""))
        .exceptionally(failure -> new TopologySample(0, node, "", "", failure.toString()));
  }

  private static String text(Value value) {
    return ((Value.Text) value).value();
  }

  @Override
  public CompletionStage<Value> command(String node, List<String> words) {
    return async(() -> ask(words.toArray(String[]::new)));
  }

  @Override
  public CompletionStage<Void> kill(String node) {
    return signal(Signal.KILL, ProcessState.DEAD);
  }

  @Override
  public CompletionStage<Void> stop(String node) {
    return signal(Signal.TERM, ProcessState.DEAD);
  }

  @Override
  public CompletionStage<Void> pause(String node) {
    return signal(Signal.STOP, ProcessState.STOPPED);
  }

  @Override
  public CompletionStage<Void> resume(String node) {
    return signal(Signal.CONT, ProcessState.RUNNING);
  }

  private CompletionStage<Void> signal(Signal signal, ProcessState wanted) {
    return async(
            () -> {
              signals.send(identity, signal);
              Awaitility.await()
                  .atMost(Duration.ofMinutes(1))
                  .until(() -> table.state(identity) == wanted);
              return Optional.empty();
            })
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Void> start(String node) {
    return async(
            () -> {
              synchronized (this) {
                process = launch();
                identity = table.find(process.pid()).orElseThrow();
              }
              awaitPong();
              return Optional.empty();
            })
        .thenAccept(done -> {});
  }

  private interface Call<T> {
    T make() throws IOException;
  }

  private <T> CompletionStage<T> async(Call<T> call) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return call.make();
          } catch (IOException failure) {
            throw new UncheckedIOException(failure.getMessage(), failure);
          }
        },
        executor);
  }

  List<String> log() throws IOException {
    return new ArrayList<>(java.nio.file.Files.readAllLines(directory.resolve("log")));
  }

  @Override
  public void close() {
    executor.shutdownNow();
    process.destroyForcibly().onExit().join();
  }
}
