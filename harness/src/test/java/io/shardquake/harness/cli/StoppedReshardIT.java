package io.shardquake.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.NodeConnection;
import io.shardquake.harness.target.LooseServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reshard that somebody stops, and begins again with the same command in the same directory. */
@Tag("redis")
final class StoppedReshardIT {
  private static final int SLOTS = 4000;
  private static final int AT_FIRST = 5462;
  private static final int KEYS = 20_000;
  private static final int KEYS_OF_SOME_SLOTS = 100;
  private static final Pattern KEY_COUNT = Pattern.compile("keys=(\\d+)");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;
  private final ClusterConnections connections = new ClusterConnections(Duration.ofSeconds(10));
  private LooseServers servers;
  private NodeConnection target;
  private int keysAtFirst;

  @BeforeEach
  void threeMasters() throws Exception {
    servers = LooseServers.open(LooseServers.Kind.REDIS, 3, directory, List.of());
    servers.start(0, 1, 2);
    String first = servers.address(0).toString();
    String second = servers.address(1).toString();
    String third = servers.address(2).toString();
    Answer.to(List.of("cluster", "create", first, second, third, "--yes")).exits(0);
    List<NodeConnection> nodes =
        IntStream.range(0, 3)
            .mapToObj(i -> connections.connect(servers.address(i)).join())
            .toList();
    IntStream.range(0, KEYS)
        .mapToObj(i -> nodes.stream().map(node -> set(node, "key:" + i)).toList())
        .flatMap(List::stream)
        .toList()
        .forEach(CompletableFuture::join);
    target = nodes.get(1);
    keysAtFirst = keysOfTarget();
  }

  /** One of them owns the key's slot; the others refuse. */
  private static CompletableFuture<String> set(NodeConnection node, String key) {
    return node.text("SET", key, "value").exceptionally(moved -> "moved");
  }

  @AfterEach
  void end() {
    connections.close();
    servers.close();
  }

  private Program reshard() throws Exception {
    return Program.jar(
        directory,
        "cluster",
        "reshard",
        servers.address(0).toString(),
        "--slots",
        Integer.toString(SLOTS),
        "--from",
        servers.address(0).toString(),
        "--to",
        servers.address(1).toString(),
        "--pipeline",
        "1",
        "--yes");
  }

  /** Asked for by a connection that is there already: what is awaited lasts a second or two. */
  private void awaitSomeSlots() {
    await("some slots are moved")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> keysOfTarget() >= keysAtFirst + KEYS_OF_SOME_SLOTS);
  }

  private int keysOfTarget() {
    Matcher keys = KEY_COUNT.matcher(target.text("INFO", "keyspace").join());
    return keys.find() ? Integer.parseInt(keys.group(1)) : 0;
  }

  private List<String> info() {
    return List.of("cluster", "info", servers.address(0).toString());
  }

  private void assertGoesOnToTheEnd() throws Exception {
    try (Program again = reshard()) {
      assertThat(again.exitCode()).as(again.err()).isZero();
      assertThat(again.out()).contains("Going on: ", "of " + SLOTS + " slots are left to be moved");
    }
    Answer.to(List.of("cluster", "check", servers.address(0).toString())).exits(0);
    Answer.to(info()).says("| " + (AT_FIRST + SLOTS) + " slots |", "[OK] " + KEYS + " keys");
  }

  @Test
  void afterControlCNoSlotIsOpenAndTheSameCommandGoesOn() throws Exception {
    try (Program program = reshard()) {
      assumeTrue(
          program.heeds(2), "SKIPPED: SIGINT is ignored here, as in a shell's background jobs");
      awaitSomeSlots();
      program.signal("INT");
      assertThat(program.exitCode()).as(program.out() + program.err()).isEqualTo(2);
      assertThat(program.out()).contains("[WARNING] stopped: ", "none is open");
    }
    Answer.to(List.of("cluster", "check", servers.address(0).toString())).exits(0);
    assertGoesOnToTheEnd();
  }

  @Test
  void afterACrashInTheMiddleTheSameCommandGoesOn() throws Exception {
    try (Program program = reshard()) {
      awaitSomeSlots();
      program.signal("KILL");
      assertThat(program.exitCode()).isNotZero();
    }
    assertGoesOnToTheEnd();
  }
}
