package io.shardquake.workloads.lettuce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.shardquake.workloads.ClusterAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * redis-server processes in cluster mode on loopback, named n1, n2, …; the slots are divided evenly
 * among them. Killed when closed.
 */
final class RealNodes implements AutoCloseable {
  private static final int SLOTS = 16384;

  private record Node(String name, int port, int busPort, Process process) {}

  private final List<Node> nodes = new ArrayList<>();
  private final RedisClient client = RedisClient.create();
  private final List<RedisCommands<String, String>> commands = new ArrayList<>();

  private RealNodes() {}

  /** Starts nodes and makes a cluster of them; skips the test if there is no redis-server. */
  static RealNodes start(int count, Path directory) throws IOException {
    return start(count, 0, directory);
  }

  /** The same with some more nodes, which become replicas of the masters in turn. */
  static RealNodes start(int count, int replicas, Path directory) throws IOException {
    assumeTrue(
        onPath("redis-server"),
        "SKIPPED: there is no redis-server on the PATH; install the Debian package redis-server");
    RealNodes cluster = new RealNodes();
    try {
      for (int i = 1; i <= count + replicas; i++) {
        cluster.startNode("n" + i, directory);
      }
      cluster.form(count);
    } catch (RuntimeException | IOException e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  ClusterAccess access(Duration timeout) {
    return new ClusterAccess(
        nodes.stream()
            .map(node -> new ClusterAccess.Node(node.name(), "127.0.0.1", node.port()))
            .toList(),
        timeout);
  }

  /** A connection to a node, from 0, for the test's own commands. */
  RedisCommands<String, String> node(int index) {
    return commands.get(index);
  }

  int port(int index) {
    return nodes.get(index).port();
  }

  String id(int index) {
    return node(index).clusterMyId();
  }

  void kill(int index) {
    nodes.get(index).process().destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    nodes.forEach(node -> node.process().destroyForcibly());
    nodes.forEach(node -> node.process().onExit().join());
  }

  private void startNode(String name, Path directory) throws IOException {
    for (int attempt = 1; ; attempt++) {
      Node node = launch(name, directory);
      RedisURI uri = RedisURI.create("127.0.0.1", node.port());
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> !node.process().isAlive() || accepts(node.port()));
      if (node.process().isAlive()) {
        nodes.add(node);
        commands.add(client.connect(uri).sync());
        return;
      }
      if (attempt == 3) {
        throw new IOException("redis-server does not start; see " + directory.resolve(name));
      }
    }
  }

  private static Node launch(String name, Path directory) throws IOException {
    Path own = Files.createDirectories(directory.resolve(name));
    int port = freePort();
    int busPort = freePort();
    List<String> line =
        List.of(
            "redis-server",
            "--bind",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--cluster-port",
            Integer.toString(busPort),
            "--cluster-enabled",
            "yes",
            "--cluster-node-timeout",
            "5000",
            "--cluster-require-full-coverage",
            "no",
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            own.toString());
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(own.resolve("log").toFile())
            .start();
    return new Node(name, port, busPort, process);
  }

  private void form(int masters) {
    int share = SLOTS / masters;
    for (int i = 0; i < nodes.size(); i++) {
      node(i).clusterSetConfigEpoch(i + 1);
      if (i < masters) {
        int end = i == masters - 1 ? SLOTS : (i + 1) * share;
        node(i).clusterAddSlots(IntStream.range(i * share, end).toArray());
      }
      meet(nodes.get(i));
    }
    awaitAgreement();
    for (int i = masters; i < nodes.size(); i++) {
      node(i).clusterReplicate(id(i % masters));
      RedisCommands<String, String> replica = node(i);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> replica.info("replication").contains("master_link_status:up"));
    }
  }

  private void awaitAgreement() {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              for (RedisCommands<String, String> node : commands) {
                assertThat(node.clusterInfo())
                    .contains("cluster_state:ok", "cluster_slots_ok:" + SLOTS)
                    .contains("cluster_known_nodes:" + nodes.size());
              }
            });
  }

  /** Lettuce's own method has no argument for the port of the bus. */
  private void meet(Node node) {
    CommandArgs<String, String> arguments =
        new CommandArgs<>(StringCodec.UTF8)
            .add("MEET")
            .add("127.0.0.1")
            .add(node.port())
            .add(node.busPort());
    node(0).dispatch(CommandType.CLUSTER, new StatusOutput<>(StringCodec.UTF8), arguments);
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean onPath(String executable) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, executable))) {
        return true;
      }
    }
    return false;
  }
}
