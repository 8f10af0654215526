package io.shardquake.harness.cli;

import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.cluster.NodeConnection;
import io.shardquake.harness.target.LooseServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * How long moving 1,000 slots with 1,000,000 small keys between two local masters takes: by us
 * there, by redis-cli back, each as a process of its own, with the same number of keys in a MIGRATE
 * and each with its best. Arguments: those numbers; 0 stands for what we choose by ourselves.
 */
final class ReshardBenchmark {
  private static final int SLOTS = 1000;
  private static final int KEYS_IN_EACH = 1000;

  private final Path directory;
  private final LooseServers servers;
  private final String[] ids = new String[2];

  private ReshardBenchmark(Path directory, LooseServers servers) {
    this.directory = directory;
    this.servers = servers;
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory("reshard-benchmark");
    try (LooseServers servers =
        LooseServers.open(LooseServers.Kind.REDIS, 3, directory, List.of("save \"\""))) {
      servers.start(0, 1, 2);
      new ReshardBenchmark(directory, servers).run(List.of(arguments));
    }
  }

  private void run(List<String> pipelines) throws Exception {
    Answer.to(
            List.of(
                "cluster",
                "create",
                servers.address(0).toString(),
                servers.address(1).toString(),
                servers.address(2).toString(),
                "--yes"))
        .exits(0);
    try (ClusterConnections connections = new ClusterConnections(Duration.ofSeconds(60))) {
      for (int i = 0; i < 2; i++) {
        ids[i] = connect(connections, i).text("CLUSTER", "MYID").join();
      }
      fill(connect(connections, 0));
      for (String pipeline : pipelines) {
        boolean ownChoice = pipeline.equals("0");
        System.out.printf(
            "%s keys in a MIGRATE: shardquake %.2f s%n",
            ownChoice ? "any number of" : pipeline, seconds(ours(ownChoice ? "" : pipeline)));
        requireAllKeys(connect(connections, 1));
        System.out.printf(
            "%s keys in a MIGRATE: redis-cli %.2f s%n",
            ownChoice ? "10 (its default)" : pipeline,
            seconds(redisCli(ownChoice ? "10" : pipeline)));
        requireAllKeys(connect(connections, 0));
      }
    }
  }

  private NodeConnection connect(ClusterConnections connections, int number) {
    return connections.connect(servers.address(number)).join();
  }

  private static void fill(NodeConnection node) {
    Map<Integer, String> tags = new TreeMap<>();
    for (int i = 0; tags.size() < SLOTS; i++) {
      int slot = KeySlot.of("{" + i + "}");
      if (slot < SLOTS) {
        tags.putIfAbsent(slot, "{" + i + "}");
      }
    }
    for (String tag : tags.values()) {
      List<CompletableFuture<String>> written = new ArrayList<>();
      for (int key = 0; key < KEYS_IN_EACH; key++) {
        written.add(node.text("SET", tag + key, "value" + key));
      }
      written.forEach(CompletableFuture::join);
    }
  }

  private static void requireAllKeys(NodeConnection node) {
    String keyspace = node.text("INFO", "keyspace").join();
    if (!keyspace.contains("keys=" + SLOTS * KEYS_IN_EACH + ",")) {
      throw new IllegalStateException("not all keys have arrived: " + keyspace);
    }
  }

  private List<String> ours(String pipeline) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Program.root().resolve("harness/target/shardquake-all.jar").toString(),
                "cluster",
                "reshard",
                servers.address(0).toString(),
                "--slots",
                Integer.toString(SLOTS),
                "--from",
                ids[0],
                "--to",
                ids[1],
                "--yes"));
    if (!pipeline.isEmpty()) {
      command.addAll(List.of("--pipeline", pipeline));
    }
    return command;
  }

  private List<String> redisCli(String pipeline) {
    NodeAddress seed = servers.address(0);
    return List.of(
        "redis-cli",
        "--cluster",
        "reshard",
        seed.toString(),
        "--cluster-from",
        ids[1],
        "--cluster-to",
        ids[0],
        "--cluster-slots",
        Integer.toString(SLOTS),
        "--cluster-pipeline",
        pipeline,
        "--cluster-yes");
  }

  private double seconds(List<String> command) throws Exception {
    Path output = directory.resolve("output");
    long start = System.nanoTime();
    int code =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (code != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + Files.readString(output));
    }
    return seconds;
  }
}
