package io.shardquake.harness.cluster.fix;

import static org.awaitility.Awaitility.await;

import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.harness.cluster.Answers;
import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.cluster.NodeConnection;
import io.shardquake.harness.cluster.SlotCommands;
import io.shardquake.harness.cluster.state.ClusterSession;
import io.shardquake.harness.target.ClusterOptions;
import io.shardquake.harness.target.NodeEndpoint;
import io.shardquake.harness.target.Redis;
import io.shardquake.harness.target.RunningCluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * A cluster whose reshard is interrupted in the middle of a slot while four writers work on its
 * keys; then a node is killed or none, and the writers go on or not. Someone repairs it; {@link
 * #toll} says what that cost.
 */
final class ReshardAccident implements AutoCloseable {
  private static final int SLOT = KeySlot.of("{hot}");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Path directory;
  private final ClusterConnections connections = new ClusterConnections(Duration.ofSeconds(30));
  private final List<String> keys;
  private final RunningCluster cluster;
  private final Writers writers;
  private final String source;
  private final String target;
  private final Map<String, Long> before = new HashMap<>();
  private final Map<String, Long> toldBefore = new HashMap<>();

  /** Who is killed when the reshard has been interrupted. */
  enum Killed {
    NONE,
    SOURCE,
    TARGET
  }

  /** What the writers do when the reshard has been interrupted. */
  enum Writing {
    STOPPED,
    RUNNING
  }

  /** One way in which it can happen. */
  record Case(Killed killed, Writing writing) {
    static List<Case> all() {
      List<Case> all = new ArrayList<>();
      for (Killed killed : Killed.values()) {
        for (Writing writing : Writing.values()) {
          all.add(new Case(killed, writing));
        }
      }
      return all;
    }

    @Override
    public String toString() {
      return (killed + " killed, writers " + writing).toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What an accident and its repair have cost.
   *
   * @param unreachable keys that were there before the repair and that no client can read after it
   * @param undone keys of which a value is gone that was there before the repair, or that a writer
   *     was told was written during it, and that is not in the rescue file either; with the values
   * @param rescued how many keys are in the rescue file
   */
  record Toll(List<String> unreachable, List<String> undone, int rescued) {}

  /** Starts a cluster of three masters and three replicas on real servers. */
  ReshardAccident(Path directory, int keys, List<String> directives) throws Exception {
    this.directory = directory;
    this.keys = IntStream.range(0, keys).mapToObj(i -> "{hot}" + i).toList();
    this.cluster =
        Redis.start(
            ClusterOptions.DEFAULT
                .withNodeTimeout(Duration.ofMillis(700))
                .withDirectives(directives),
            directory);
    this.writers = new Writers(cluster.nodes().stream().map(this::address).toList(), this.keys);
    this.source = ownerOf(SLOT);
    this.target =
        cluster.nodes().subList(0, 3).stream()
            .filter(n -> !n.equals(source))
            .findFirst()
            .orElseThrow();
  }

  /** Lets it happen; returns when a repair may begin. */
  void happen(Case which) throws Exception {
    writers.start();
    await().atMost(PATIENCE).until(() -> writers.acknowledged().size() >= keys.size() * 9 / 10);
    interruptReshard();
    String victim = which.killed() == Killed.SOURCE ? source : target;
    if (which.killed() != Killed.NONE) {
      cluster.kill(victim).toCompletableFuture().join();
    }
    if (which.writing() == Writing.STOPPED) {
      writers.stop();
    }
    if (which.killed() == Killed.NONE) {
      before.putAll(writers.acknowledged());
    } else {
      // What the failover itself lost is not the repair's to keep: look at what is there after it.
      awaitFailover(victim);
      if (which.writing() == Writing.RUNNING) {
        letWritersCreateKeysAgain();
      }
      before.putAll(greatestCopies());
    }
    toldBefore.putAll(writers.acknowledged());
  }

  /** A node that runs. */
  NodeAddress seed() {
    return address(
        cluster.nodes().stream()
            .filter(n -> cluster.status(n).pid() > 0)
            .findFirst()
            .orElseThrow());
  }

  /** Where a repair may keep copies of keys. */
  Path rescueFile() {
    return directory.resolve("rescue.jsonl");
  }

  /** Stops the writers, reads every key back, and compares. */
  Toll toll() throws Exception {
    writers.stop();
    Map<String, Long> told = new HashMap<>(writers.acknowledged());
    told.entrySet().removeIf(entry -> entry.getValue().equals(toldBefore.get(entry.getKey())));
    Map<String, Long> served = served();
    Map<String, Long> kept = kept();
    List<String> unreachable = new ArrayList<>();
    List<String> undone = new ArrayList<>();
    before.forEach(
        (key, value) -> {
          long now = served.getOrDefault(key, 0L);
          if (!served.containsKey(key)) {
            unreachable.add(key);
          } else if (Math.max(now, kept.getOrDefault(key, 0L)) < value) {
            undone.add(key + ": " + value + " was there before, served is " + now);
          }
        });
    told.forEach(
        (key, value) -> {
          long now = served.getOrDefault(key, 0L);
          if (!served.containsKey(key)) {
            unreachable.add(key);
          } else if (now < value) {
            undone.add(key + ": " + value + " was written during the repair, served is " + now);
          }
        });
    return new Toll(
        unreachable.stream().distinct().toList(), undone.stream().distinct().toList(), kept.size());
  }

  @Override
  public void close() {
    writers.close();
    connections.close();
    cluster.close();
  }

  private void letWritersCreateKeysAgain() {
    long soFar = writers.writes();
    await("writes after the failover").atMost(PATIENCE).until(() -> writers.writes() > soFar + 500);
  }

  /** As a reshard that was killed leaves it: open on both sides, some of the keys moved. */
  private void interruptReshard() throws Exception {
    SlotCommands from = node(source);
    SlotCommands to = node(target);
    Answers.await(to.node(), to.importing(SLOT, id(source)));
    Answers.await(from.node(), from.migrating(SLOT, id(target)));
    for (int batch = 0; batch < 10; batch++) {
      List<byte[]> some = Answers.await(from.node(), from.keys(SLOT, keys.size() / 100));
      Answers.await(
          from.node(), from.migrate(to.node().address(), some, Duration.ofSeconds(5), false));
    }
  }

  private void awaitFailover(String node) {
    await("a replica takes over from " + node)
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              try (ClusterSession session = new ClusterSession(connections, seed())) {
                return session.snapshot().owned().size() == SlotRange.SLOTS;
              }
            });
  }

  /** For each key the greatest value on any master, whether it is served or not. */
  private Map<String, Long> greatestCopies() throws Exception {
    Map<String, Long> greatest = new HashMap<>();
    for (String node : cluster.nodes()) {
      if (cluster.status(node).pid() < 0) {
        continue;
      }
      SlotCommands commands = node(node);
      String role = Answers.await(commands.node(), commands.node().text("INFO", "replication"));
      if (!role.contains("role:master")) {
        continue;
      }
      // The target of a dead source takes the cluster for down.
      readWhenDown(commands, "yes");
      List<byte[]> held = Answers.await(commands.node(), commands.keys(SLOT, keys.size() * 2));
      boolean hidden = !held.isEmpty() && !canRead(commands, held.get(0));
      if (hidden) {
        // A node shows keys of a slot that it neither owns nor expects to nobody.
        Answers.await(commands.node(), commands.importing(SLOT, id(source)));
      }
      for (byte[] key : held) {
        Optional<Long> value = valueOf(commands, key);
        value.ifPresent(v -> greatest.merge(new String(key, StandardCharsets.UTF_8), v, Math::max));
      }
      if (hidden) {
        Answers.await(commands.node(), commands.stable(SLOT));
      }
      readWhenDown(commands, "no");
    }
    return greatest;
  }

  private static void readWhenDown(SlotCommands node, String value) throws Exception {
    Answers.await(
        node.node(), node.node().text("CONFIG", "SET", "cluster-allow-reads-when-down", value));
  }

  private static boolean canRead(SlotCommands node, byte[] key) throws InterruptedException {
    try {
      return Answers.await(node.node(), node.dump(key)).isPresent();
    } catch (ClusterException moved) {
      return false;
    }
  }

  private static Optional<Long> valueOf(SlotCommands node, byte[] key) throws Exception {
    Optional<byte[]> payload = Answers.await(node.node(), node.dump(key));
    return payload.map(ReshardAccident::number);
  }

  /** The number in a DUMP payload of a string that holds one: Redis stores it as an integer. */
  private static long number(byte[] payload) {
    int first = payload[1] & 0xff;
    if (first == 0xc0) {
      return payload[2];
    }
    if (first == 0xc1) {
      return (short) ((payload[2] & 0xff) | (payload[3] & 0xff) << 8);
    }
    if (first == 0xc2) {
      return (payload[2] & 0xff)
          | (payload[3] & 0xff) << 8
          | (payload[4] & 0xff) << 16
          | (payload[5] & 0xff) << 24;
    }
    return Long.parseLong(new String(payload, 2, first, StandardCharsets.US_ASCII));
  }

  private Map<String, Long> served() throws Exception {
    Map<String, Long> served = new HashMap<>();
    String owner = ownerOf(SLOT);
    NodeConnection node = node(owner).node();
    Map<String, CompletableFuture<String>> pending = new HashMap<>();
    keys.forEach(key -> pending.put(key, node.text("GET", key)));
    for (Map.Entry<String, CompletableFuture<String>> entry : pending.entrySet()) {
      // A redirection is an answer, too: the key cannot be read where its slot is.
      Optional.ofNullable(entry.getValue().exceptionally(refused -> null).join())
          .ifPresent(value -> served.put(entry.getKey(), Long.valueOf(value)));
    }
    return served;
  }

  private Map<String, Long> kept() throws Exception {
    Path rescued = rescueFile();
    Map<String, Long> kept = new HashMap<>();
    if (Files.exists(rescued)) {
      for (RescueFile.Copy copy : RescueFile.read(rescued)) {
        kept.merge(
            new String(copy.key(), StandardCharsets.UTF_8), number(copy.payload()), Math::max);
      }
    }
    return kept;
  }

  private String ownerOf(int slot) throws Exception {
    for (String node : cluster.nodes()) {
      if (cluster.status(node).pid() > 0) {
        try (ClusterSession session = new ClusterSession(connections, address(node))) {
          String id = session.snapshot().owners(slot).get(0).id();
          return cluster.endpoints().stream()
              .filter(endpoint -> endpoint.nodeId().equals(id))
              .map(NodeEndpoint::name)
              .findFirst()
              .orElseThrow();
        }
      }
    }
    throw new AssertionError("no node runs");
  }

  private SlotCommands node(String name) {
    return new SlotCommands(connections.connect(address(name)).join(), Optional.empty());
  }

  private String id(String name) {
    return endpoint(name).nodeId();
  }

  private NodeAddress address(String name) {
    return new NodeAddress(endpoint(name).host(), endpoint(name).port());
  }

  private NodeEndpoint endpoint(String name) {
    return cluster.endpoints().stream()
        .filter(endpoint -> endpoint.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
