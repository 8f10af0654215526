package io.shardquake.harness.cli;

import io.shardquake.checkers.topology.SlotTags;
import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.cluster.NodeConnection;
import io.shardquake.harness.cluster.SlotCommands;
import io.shardquake.harness.target.LooseServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * How long moving 1,000 slots with 1,000,000 small keys between two local masters takes: by us
 * there, by redis-cli back, each as a process of its own, with the same number of keys in a MIGRATE
 * and each with its best. Arguments: those numbers; 0 stands for what we choose by ourselves, and
 * redis-cli's default. {@code bare} stands for nothing but the MIGRATE of each slot with all its
 * keys, one after the other: what the servers themselves take at least.
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
        if (pipeline.equals("bare")) {
          System.out.println("bare MIGRATE: " + measured(() -> migrateAll(connections, 0, 1)));
          migrateAll(connections, 1, 0);
          continue;
        }
        boolean ownChoice = pipeline.equals("0");
        List<String> ours = ours(ownChoice ? "" : pipeline);
        System.out.println(
            (ownChoice ? "any number of" : pipeline)
                + " keys in a MIGRATE: shardquake "
                + measured(() -> carryOut(ours)));
        requireAllKeys(connect(connections, 1));
        List<String> theirs = redisCli(ownChoice ? "10" : pipeline);
        System.out.println(
            (ownChoice ? "10 (its default)" : pipeline)
                + " keys in a MIGRATE: redis-cli "
                + measured(() -> carryOut(theirs)));
        requireAllKeys(connect(connections, 0));
      }
    }
  }

  /** Something that takes its time. */
  private interface Work {
    void run() throws Exception;
  }

  /** The time on the clock, and on the processor for all servers together. */
  private String measured(Work work) throws Exception {
    Duration before = processorTime();
    long start = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    double busy = processorTime().minus(before).toMillis() / 1e3;
    return String.format(Locale.ROOT, "%.2f s, the servers busy for %.2f s", seconds, busy);
  }

  private static Duration processorTime() {
    // The installed server is one program under several names, of which the system tells any.
    return ProcessHandle.current()
        .descendants()
        .map(ProcessHandle::info)
        .filter(
            info -> info.command().filter(name -> name.matches(".*/redis-(?!cli).*")).isPresent())
        .map(info -> info.totalCpuDuration().orElseThrow())
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** With marks and owners set for all slots at once, and no slot asked for its keys. */
  private void migrateAll(ClusterConnections connections, int from, int to) {
    SlotCommands source = new SlotCommands(connect(connections, from), Optional.empty());
    SlotCommands target = new SlotCommands(connect(connections, to), Optional.empty());
    forEverySlot(slot -> target.importing(slot, ids[from]));
    forEverySlot(slot -> source.migrating(slot, ids[to]));
    for (int slot = 0; slot < SLOTS; slot++) {
      String tag = "{" + SlotTags.of(slot) + "}";
      List<byte[]> keys = new ArrayList<>();
      for (int key = 0; key < KEYS_IN_EACH; key++) {
        keys.add((tag + key).getBytes(StandardCharsets.UTF_8));
      }
      source.migrate(servers.address(to), keys, Duration.ofSeconds(60), false).join();
    }
    forEverySlot(slot -> target.owner(slot, ids[to]));
    forEverySlot(slot -> source.owner(slot, ids[to]));
  }

  private static void forEverySlot(IntFunction<CompletableFuture<String>> request) {
    IntStream.range(0, SLOTS).mapToObj(request).toList().forEach(CompletableFuture::join);
  }

  private NodeConnection connect(ClusterConnections connections, int number) {
    return connections.connect(servers.address(number)).join();
  }

  private static void fill(NodeConnection node) {
    for (int slot = 0; slot < SLOTS; slot++) {
      String tag = "{" + SlotTags.of(slot) + "}";
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
                Program.root().resolve("shardquake").toString(),
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

  private void carryOut(List<String> command) throws Exception {
    Path output = directory.resolve("output");
    int code =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    if (code != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + Files.readString(output));
    }
  }
}
