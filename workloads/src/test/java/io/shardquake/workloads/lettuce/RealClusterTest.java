package io.shardquake.workloads.lettuce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.MigrateArgs;
import io.lettuce.core.cluster.SlotHash;
import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.workloads.WorkloadOptions;
import io.shardquake.workloads.client.Client;
import io.shardquake.workloads.client.ClientFactory;
import io.shardquake.workloads.client.Outcome;
import io.shardquake.workloads.cluster.CommandMapping;
import io.shardquake.workloads.cluster.SingleCommand;
import io.shardquake.workloads.cluster.Turn.Next;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.keys.SlotKeys;
import io.shardquake.workloads.protocol.Command;
import io.shardquake.workloads.register.RegisterWorkload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The register workload's client against redis-server: three masters, each with a third of the
 * slots.
 */
@Tag("redis")
class RealClusterTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final SlotKeys KEYS = new SlotKeys();

  @TempDir private static Path directory;
  private static RealNodes nodes;
  private static ClientFactory clients;

  @BeforeAll
  static void startCluster() throws IOException {
    nodes = RealNodes.start(3, directory);
    clients = clients(nodes.access(TIMEOUT));
  }

  @AfterAll
  static void stopCluster() {
    if (clients != null) {
      clients.close();
    }
    if (nodes != null) {
      nodes.close();
    }
  }

  @Test
  void readsWritesAndComparesOnEveryNodeAndNamesTheOneThatAnswered() {
    try (Client client = clients.open(0)) {
      for (int i = 0; i < 90; i++) {
        String key = KEYS.key("every" + i + ":", i);
        int slot = KeySlot.of(key);
        String owner = slot < 5461 ? "n1" : slot < 10922 ? "n2" : "n3";
        assertOk(invoke(client, "read", key, Value.nil()), Value.nil(), owner);
        assertOk(invoke(client, "write", key, Value.of(1)), Value.of(1), owner);
        assertOk(invoke(client, "cas", key, pair(1, 2)), pair(1, 2), owner);
        assertOk(invoke(client, "read", key, Value.nil()), Value.of(2), owner);
        assertFail(invoke(client, "cas", key, pair(1, 3)), "cas-mismatch");
        assertOk(invoke(client, "read", key, Value.nil()), Value.of(2), owner);
      }
    }
  }

  @Test
  void theSlotOfAKeyIsTheOneThatTheServerComputes() {
    for (int i = 0; i < 500; i++) {
      String key = KEYS.key("slot" + i + ":", i);
      assertThat(KeySlot.of(key)).isEqualTo(nodes.node(0).clusterKeyslot(key).intValue());
    }
  }

  @Test
  void failsForCertainOnAKeyOfAnotherType() {
    String key = KEYS.keyIn(0, "list");
    nodes.node(0).rpush(key, "element");
    try (Client client = clients.open(0)) {
      assertFail(invoke(client, "read", key, Value.nil()), "WRONGTYPE");
      assertFail(invoke(client, "cas", key, pair(1, 2)), "WRONGTYPE");
    }
  }

  @Test
  void concurrentCompareAndSetsLoseNothing() {
    String key = KEYS.keyIn(1, "contended");
    AtomicInteger successes = new AtomicInteger();
    AtomicInteger running = new AtomicInteger();
    List<Client> open = new ArrayList<>();
    try (Client first = clients.open(0)) {
      invoke(first, "write", key, Value.of(0));
      for (int process = 1; process <= 8; process++) {
        Client client = clients.open(process);
        open.add(client);
        running.incrementAndGet();
        increment(client, key, 50, successes, running);
      }
      await().atMost(Duration.ofSeconds(60)).until(() -> running.get() == 0);
      assertThat(successes.get()).isPositive();
      assertOk(invoke(first, "read", key, Value.nil()), Value.of(successes.get()), "n1");
    } finally {
      open.forEach(Client::close);
    }
  }

  @Test
  void followsAskWhileASlotMigratesAndMovedAfterwards() {
    int slot = 100;
    String stays = KEYS.keyIn(slot, "stays");
    String goes = KEYS.keyIn(slot, "goes");
    try (Client client = clients.open(0)) {
      invoke(client, "write", stays, Value.of(1));
      invoke(client, "write", goes, Value.of(1));
      nodes.node(1).clusterSetSlotImporting(slot, nodes.id(0));
      nodes.node(0).clusterSetSlotMigrating(slot, nodes.id(1));
      migrate(goes, 0, 1);

      assertThat(invoke(client, "cas", stays, pair(1, 2)).attribution())
          .isEqualTo(new Attribution(List.of("n1"), 0));
      for (Outcome asked :
          List.of(
              invoke(client, "read", goes, Value.nil()),
              invoke(client, "cas", goes, pair(1, 2)),
              invoke(client, "write", goes, Value.of(3)),
              invoke(client, "cas", goes, pair(3, 4)))) {
        assertThat(asked).isInstanceOf(Outcome.Ok.class);
        assertThat(asked.attribution()).isEqualTo(new Attribution(List.of("n2"), 1));
      }
      assertFail(invoke(client, "cas", goes, pair(1, 2)), "cas-mismatch");

      migrate(stays, 0, 1);
      nodes.node(1).clusterSetSlotNode(slot, nodes.id(1));
      nodes.node(0).clusterSetSlotNode(slot, nodes.id(1));
      assertThat(invoke(client, "cas", stays, pair(2, 3)).attribution())
          .isEqualTo(new Attribution(List.of("n2"), 1));
      assertThat(invoke(client, "read", stays, Value.nil()).attribution())
          .as("the move is remembered")
          .isEqualTo(new Attribution(List.of("n2"), 0));
      assertOk(invoke(client, "read", goes, Value.nil()), Value.of(4), "n2");
    }
  }

  @Test
  void waitsWhileTheKeysOfACommandAreSplitBetweenTwoNodes() {
    int slot = SlotHash.getSlot("{split}");
    int from = slot < 5461 ? 0 : slot < 10922 ? 1 : 2;
    int to = (from + 1) % 3;
    nodes.node(from).set("{split}a", "1");
    nodes.node(from).set("{split}b", "2");
    nodes.node(to).clusterSetSlotImporting(slot, nodes.id(from));
    nodes.node(from).clusterSetSlotMigrating(slot, nodes.id(to));
    migrate("{split}a", from, to);
    CommandMapping both =
        request ->
            SingleCommand.on(
                slot,
                Command.keyed("MGET", "{split}a", "{split}b"),
                reply -> new Next.Done(reply.toValue()));
    try (ClientFactory factory = LettuceTransports.clients(nodes.access(TIMEOUT), both);
        Client client = factory.open(0)) {
      assertFail(invoke(client, "both", "", Value.nil()), "too-many-redirects");
      migrate("{split}b", from, to);
      Outcome outcome = invoke(client, "both", "", Value.nil());
      assertOk(outcome, Value.of(List.of(Value.of(1), Value.of(2))), "n" + (to + 1));
      nodes.node(to).clusterSetSlotNode(slot, nodes.id(to));
      nodes.node(from).clusterSetSlotNode(slot, nodes.id(to));
    }
  }

  @Test
  void failsForCertainWhereNobodyServesTheSlot() {
    int slot = 16000;
    nodes.node(2).clusterDelSlots(slot);
    try (Client client = clients.open(0)) {
      Outcome outcome = invoke(client, "write", KEYS.keyIn(slot, "unserved"), Value.of(1));
      assertFail(outcome, "CLUSTERDOWN");
      assertThat(outcome.attribution().nodes()).containsExactly("n3");
    } finally {
      nodes.node(2).clusterAddSlots(slot);
    }
  }

  private static ClientFactory clients(io.shardquake.workloads.ClusterAccess access) {
    return LettuceTransports.clients(
        access, new RegisterWorkload().commands(WorkloadOptions.DEFAULT));
  }

  @Test
  void findsAnotherNodesSlotsWithoutBeingToldOfMoreThanOneNode() throws Exception {
    io.shardquake.workloads.ClusterAccess whole = nodes.access(TIMEOUT);
    try (ClientFactory factory =
            clients(
                new io.shardquake.workloads.ClusterAccess(whole.nodes().subList(0, 1), TIMEOUT));
        Client client = factory.open(0)) {
      String key = KEYS.keyIn(16383, "far");
      Outcome outcome = invoke(client, "write", key, Value.of(1));
      assertThat(outcome).isInstanceOf(Outcome.Ok.class);
      assertThat(outcome.attribution().nodes()).containsExactly("127.0.0.1:" + nodes.port(2));
    }
  }

  @Test
  void aKilledNodeCostsItsOwnOperationsOnly(@TempDir Path own) throws IOException {
    try (RealNodes pair = RealNodes.start(2, own);
        ClientFactory factory = clients(pair.access(TIMEOUT));
        Client client = factory.open(0)) {
      String dead = KEYS.keyIn(16383, "dead");
      String alive = KEYS.keyIn(0, "alive");
      assertThat(invoke(client, "write", dead, Value.of(1))).isInstanceOf(Outcome.Ok.class);
      pair.kill(1);
      await()
          .atMost(TIMEOUT)
          .untilAsserted(
              () -> assertFail(invoke(client, "write", dead, Value.of(2)), "connection-refused"));
      assertOk(invoke(client, "write", alive, Value.of(1)), Value.of(1), "n1");
    }
  }

  private static void increment(
      Client client, String key, int left, AtomicInteger successes, AtomicInteger running) {
    if (left == 0) {
      running.decrementAndGet();
      return;
    }
    client.invoke(
        new Request("read", Value.of(key), Value.nil()),
        read -> {
          long held = ((Value.Int) ((Outcome.Ok) read).value()).value();
          client.invoke(
              new Request("cas", Value.of(key), pair(held, held + 1)),
              set -> {
                if (set instanceof Outcome.Ok) {
                  successes.incrementAndGet();
                }
                increment(client, key, left - 1, successes, running);
              });
        });
  }

  private static void migrate(String key, int from, int to) {
    nodes.node(from).migrate("127.0.0.1", nodes.port(to), 0, 10_000, MigrateArgs.Builder.key(key));
  }

  private static Outcome invoke(Client client, String function, String key, Value argument) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    client.invoke(new Request(function, Value.of(key), argument), outcome::complete);
    return outcome.orTimeout(60, TimeUnit.SECONDS).join();
  }

  private static Value pair(long expected, long fresh) {
    return Value.pair(Value.of(expected), Value.of(fresh));
  }

  private static void assertOk(Outcome outcome, Value value, String node) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Ok.class,
            ok -> {
              assertThat(ok.value()).isEqualTo(value);
              assertThat(ok.attribution().nodes()).containsExactly(node);
            });
  }

  private static void assertFail(Outcome outcome, String error) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Fail.class, fail -> assertThat(fail.error()).isEqualTo(error));
  }
}
