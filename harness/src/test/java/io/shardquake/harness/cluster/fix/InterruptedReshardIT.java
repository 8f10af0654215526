package io.shardquake.harness.cluster.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.harness.cluster.Answers;
import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.cluster.NodeConnection;
import io.shardquake.harness.cluster.SlotCommands;
import io.shardquake.harness.cluster.check.AnomalyKind;
import io.shardquake.harness.cluster.check.CheckReport;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A reshard is interrupted in the middle of a slot, a node or none is killed, writers go on or not:
 * after the fix the cluster is clean, every key can be reached, and no value that a writer was told
 * was written before or during the fix is undone.
 */
@Tag("redis")
final class InterruptedReshardIT {
  private static final int SLOT = KeySlot.of("{hot}");
  private static final int KEYS = Integer.getInteger("shardquake.test.keys", 3000);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path directory;
  private final ClusterConnections connections = new ClusterConnections(Duration.ofSeconds(2));
  private final List<String> keys = IntStream.range(0, KEYS).mapToObj(i -> "{hot}" + i).toList();
  private RunningCluster cluster;
  private Writers writers;
  private String source;
  private String target;

  @BeforeEach
  void startCluster() throws Exception {
    cluster =
        Redis.start(ClusterOptions.DEFAULT.withNodeTimeout(Duration.ofMillis(700)), directory);
    writers = new Writers(cluster.nodes().stream().map(this::address).toList(), keys);
    source = ownerOf(SLOT);
    target =
        cluster.nodes().subList(0, 3).stream()
            .filter(n -> !n.equals(source))
            .findFirst()
            .orElseThrow();
  }

  @AfterEach
  void endAll() throws Exception {
    writers.close();
    connections.close();
    cluster.close();
  }

  @ParameterizedTest(name = "{0} killed, writers {1}")
  @CsvSource({
    "none,   running",
    "none,   stopped",
    "source, running",
    "source, stopped",
    "target, running",
    "target, stopped"
  })
  void fixLosesNothing(String killed, String writing) throws Exception {
    writers.start();
    await().atMost(PATIENCE).until(() -> writers.acknowledged().size() >= KEYS * 9 / 10);
    interruptReshard();
    if (!killed.equals("none")) {
      cluster.kill(killed.equals("source") ? source : target).toCompletableFuture().join();
    }
    if (writing.equals("stopped")) {
      writers.stop();
    }
    Map<String, Long> before = new HashMap<>();
    if (killed.equals("none")) {
      before.putAll(writers.acknowledged());
    } else {
      // What the failover itself lost is not the repair's to keep: look at what is there after it.
      awaitFailover(killed.equals("source") ? source : target);
      if (writing.equals("running")) {
        letWritersCreateKeysAgain();
      }
      before.putAll(greatestCopies());
    }
    Map<String, Long> toldBefore = new HashMap<>(writers.acknowledged());

    Path rescued = directory.resolve("rescue.jsonl");
    List<String> lines = new ArrayList<>();
    CheckReport report = fix(rescued, lines);
    writers.stop();
    Map<String, Long> told = new HashMap<>(writers.acknowledged());
    told.entrySet().removeIf(entry -> entry.getValue().equals(toldBefore.get(entry.getKey())));

    assertThat(report.anomalies()).as("after %s", lines).isEmpty();
    Map<String, Long> served = served();
    Map<String, Long> kept = kept(rescued);
    System.out.println(killed + " " + writing + " rescued " + kept.size() + " lines " + lines);
    for (Map.Entry<String, Long> entry : before.entrySet()) {
      String key = entry.getKey();
      long value = entry.getValue();
      assertThat(served).as("key %s can be reached", key).containsKey(key);
      assertThat(Math.max(served.get(key), kept.getOrDefault(key, 0L)))
          .as(
              "%s: %d was there before the fix; served %s, rescued %s",
              key, value, served.get(key), kept.get(key))
          .isGreaterThanOrEqualTo(value);
    }
    told.forEach(
        (key, value) ->
            assertThat(served.get(key))
                .as("%s: %d was written during the fix", key, value)
                .isGreaterThanOrEqualTo(value));
    if (killed.equals("none")) {
      assertThat(kept).as("no copy was ever hidden").isEmpty();
    }
    if (killed.equals("source") && writing.equals("running")) {
      assertThat(kept).as("keys that the writers created a second time").isNotEmpty();
    }
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
      List<byte[]> some = Answers.await(from.node(), from.keys(SLOT, KEYS / 100));
      Answers.await(
          from.node(), from.migrate(to.node().address(), some, Duration.ofSeconds(5), false));
    }
  }

  private CheckReport fix(Path rescued, List<String> lines) throws Exception {
    NodeAddress seed =
        address(
            cluster.nodes().stream()
                .filter(n -> cluster.status(n).pid() > 0)
                .findFirst()
                .orElseThrow());
    try (ClusterSession session = new ClusterSession(connections, seed)) {
      CheckReport report =
          new ClusterFix(session, ClusterFix.Settings.DEFAULT, new RescueFile(rescued), lines::add)
              .run();
      if (report.isClean()) {
        return report;
      }
      // The killed node stays unreachable; nothing else may be left.
      return new CheckReport(
          report.snapshot(),
          report.keys(),
          report.foreignKeys(),
          report.anomalies().stream().filter(a -> a.kind() != AnomalyKind.UNREACHABLE).toList());
    }
  }

  private void awaitFailover(String node) {
    await("a replica takes over from " + node)
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              NodeAddress seed =
                  address(
                      cluster.nodes().stream()
                          .filter(n -> cluster.status(n).pid() > 0)
                          .findFirst()
                          .orElseThrow());
              try (ClusterSession session = new ClusterSession(connections, seed)) {
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
      List<byte[]> held = Answers.await(commands.node(), commands.keys(SLOT, KEYS * 2));
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
    return payload.map(InterruptedReshardIT::number);
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
      Optional.ofNullable(Answers.await(node, entry.getValue()))
          .ifPresent(value -> served.put(entry.getKey(), Long.valueOf(value)));
    }
    return served;
  }

  private static Map<String, Long> kept(Path rescued) throws Exception {
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
