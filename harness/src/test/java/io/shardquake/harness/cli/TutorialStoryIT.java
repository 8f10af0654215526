package io.shardquake.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.Failures;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.cluster.NodeConnection;
import io.shardquake.harness.target.LooseServers;
import io.shardquake.harness.target.Redis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day in the life of a cluster, as a tutorial of 2018 told it with redis-trib and could not end:
 * after an interrupted reshard, slot 12182 stayed open between two masters. Node 7000 is server 0,
 * and so on. Told in prose in docs/tutorial.md.
 */
@Tag("redis")
final class TutorialStoryIT {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final int SLOT_OF_FOO = 12182;
  private static final long CLI_SECONDS = 120;

  @TempDir Path directory;
  private final ClusterConnections connections = new ClusterConnections(Duration.ofSeconds(2));

  @Test
  void theWholeTutorialOnRealRedis() throws Exception {
    tell(LooseServers.Kind.REDIS);
  }

  @Test
  @Tag("slow")
  void theWholeTutorialOnReferenceNodes() throws Exception {
    tell(LooseServers.Kind.REFERENCE);
  }

  private void tell(LooseServers.Kind kind) throws Exception {
    Redis.assumeCliInstalled();
    try (LooseServers servers = LooseServers.open(kind, 9, directory, List.of())) {
      sixNodesBecomeACluster(servers);
      aKeyIsWrittenThroughARedirectAndReachesTheReplicasFile(servers);
      aMasterDiesAndComesBackAsAReplica(servers);
      rolesAreExchangedInAllThreeWays(servers);
      anEmptyMasterIsAdded(servers);
      aReshardIsInterruptedAndLeavesASlotOpen(kind, servers);
      checkExplains(servers);
      fixRepairs(servers);
      replicasAreAdded(servers);
      theMasterOfTheChosenReplicaDies(servers);
      aMasterIsDrainedAndRemoved(servers);
      aReplicaIsRemovedAndTheDeadNodeForgotten(servers);
    } finally {
      connections.close();
    }
  }

  private void sixNodesBecomeACluster(LooseServers servers) throws Exception {
    servers.start(0, 1, 2, 3, 4, 5);
    List<String> create = new ArrayList<>(List.of("create"));
    IntStream.range(0, 6).forEach(i -> create.add(servers.address(i).toString()));
    create.addAll(List.of("--replicas", "1"));
    cluster(create).exits(0).says("Master[2] " + servers.address(2) + " -> Slots 10923 - 16383");
    assertThat(nodeCount(servers, 0)).as("without --yes nothing happens").isEqualTo(1);
    create.add("--yes");
    cluster(create)
        .exits(0)
        .says("[OK] All nodes agree about slots configuration.", "[OK] All 16384 slots covered.");
  }

  private void aKeyIsWrittenThroughARedirectAndReachesTheReplicasFile(LooseServers servers)
      throws Exception {
    set(servers, 5, "foo", "bar");
    await("foo in the replica's append-only file")
        .until(() -> servers.appendOnlyFile(5).contains("foo\r\n$3\r\nbar"));
  }

  private void aMasterDiesAndComesBackAsAReplica(LooseServers servers) throws Exception {
    servers.kill(0);
    patiently("7003 takes over").until(() -> slots(servers, 1, 3) == 5461);
    cluster(List.of("check", servers.address(1).toString()))
        .exits(1)
        .says("[OK] All 16384 slots covered.", servers.address(0) + " (", "start it again");
    servers.start(0);
    patiently("7000 replicates 7003")
        .untilAsserted(
            () -> {
              cluster(List.of("check", servers.address(1).toString())).exits(0);
              assertThat(node(servers, 1, 0).path("replicates")).isEqualTo(id(servers, 1, 3));
            });
  }

  /**
   * To 7000 and back, twice, so that 7003 is the master in the end, as the story wants it. Each so
   * soon after the one before that Redis 7.0 gets it wrong at first.
   */
  private void rolesAreExchangedInAllThreeWays(LooseServers servers) throws Exception {
    failover(servers, 0);
    failover(servers, 3, "--force");
    failover(servers, 0);
    failover(servers, 3, "--takeover");
    patiently("everybody agrees").untilAsserted(() -> onTheCluster(servers, "check").exits(0));
  }

  private void failover(LooseServers servers, int replica, String... how) throws Exception {
    List<String> words = new ArrayList<>(List.of(servers.address(replica).toString()));
    words.addAll(List.of(how));
    onTheCluster(servers, "failover", words.toArray(String[]::new))
        .exits(0)
        .says("[OK] " + servers.address(replica) + " is master now.");
    assertThat(slots(servers, 1, replica)).isEqualTo(5461);
  }

  private void anEmptyMasterIsAdded(LooseServers servers) throws Exception {
    servers.start(6);
    onTheCluster(servers, "add-node", servers.address(6).toString())
        .exits(0)
        .says("[OK] New node added correctly.");
    assertThat(node(servers, 0, 6).path("role").asText()).isEqualTo("master");
    assertThat(slots(servers, 0, 6)).isZero();
  }

  /**
   * redis-cli stops at the first key that it moves, because the new master has no memory left. The
   * reference node knows no such limit: there the same slots are moved, and the next is marked.
   */
  private void aReshardIsInterruptedAndLeavesASlotOpen(LooseServers.Kind kind, LooseServers servers)
      throws Exception {
    switch (kind) {
      case REDIS -> {
        tell(servers.address(6), "CONFIG", "SET", "maxmemory", "1");
        reshardWithRedisCli(servers);
        tell(servers.address(6), "CONFIG", "SET", "maxmemory", "0");
      }
      case REFERENCE -> {
        reshard(servers, SLOT_OF_FOO - 10923, servers.address(2).toString());
        String slot = Integer.toString(SLOT_OF_FOO);
        String source = id(servers, 1, 2).asText();
        String target = id(servers, 1, 6).asText();
        tell(servers.address(6), "CLUSTER", "SETSLOT", slot, "IMPORTING", source);
        tell(servers.address(2), "CLUSTER", "SETSLOT", slot, "MIGRATING", target);
      }
    }
    assertThat(slots(servers, 1, 6)).as("moved before it came to a key").isBetween(1259, 3990);
  }

  private void reshard(LooseServers servers, int slots, String from) {
    onTheCluster(
            servers,
            "reshard",
            "--slots",
            Integer.toString(slots),
            "--from",
            from,
            "--to",
            servers.address(6).toString(),
            "--plan",
            directory.resolve("reshard.json").toString(),
            "--yes")
        .exits(0);
  }

  private void reshardWithRedisCli(LooseServers servers) throws Exception {
    Process reshard =
        new ProcessBuilder(
                "redis-cli",
                "--cluster",
                "reshard",
                servers.address(1).toString(),
                "--cluster-from",
                "all",
                "--cluster-to",
                id(servers, 1, 6).asText(),
                "--cluster-slots",
                "4096",
                "--cluster-yes")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("redis-cli.out").toFile())
            .start();
    assertThat(reshard.waitFor(CLI_SECONDS, TimeUnit.SECONDS)).as("redis-cli ends").isTrue();
  }

  private void checkExplains(LooseServers servers) throws Exception {
    Answer check =
        onTheCluster(servers, "check")
            .exits(1)
            .says(
                "[WARNING] The following slots are open: " + SLOT_OF_FOO,
                "open on both sides",
                "slot " + SLOT_OF_FOO + " from " + servers.address(2) + " to " + servers.address(6),
                "Clients see:",
                "Likely cause:",
                "cluster fix");
    assertThat(check.out()).doesNotContain("[ERR]");
    onTheCluster(servers, "reshard", "--slots", "1", "--to", servers.address(1).toString(), "--yes")
        .exits(70)
        .says("please fix your cluster problems before resharding");
  }

  private void fixRepairs(LooseServers servers) throws Exception {
    set(servers, 1, "age", "100");
    int arrived = slots(servers, 1, 6);
    onTheCluster(servers, "fix", "--rescue", directory.resolve("rescue.jsonl").toString())
        .exits(0)
        .says("[OK] All 16384 slots covered.");
    assertThat(slots(servers, 0, 6)).isEqualTo(arrived + 1);
    assertThat(get(servers, 1, "foo")).isEqualTo("bar");
    reshard(servers, 4096 - arrived - 1, "all");
    assertThat(slots(servers, 0, 6)).isEqualTo(4096);
  }

  private void replicasAreAdded(LooseServers servers) throws Exception {
    servers.start(7, 8);
    onTheCluster(servers, "add-node", servers.address(7).toString(), "--replica")
        .exits(0)
        .says("Automatically selected master " + servers.address(6));
    onTheCluster(
            servers,
            "add-node",
            servers.address(8).toString(),
            "--replica-of",
            servers.address(3).toString())
        .exits(0);
    assertThat(node(servers, 0, 7).path("replicates")).isEqualTo(id(servers, 0, 6));
    assertThat(node(servers, 0, 8).path("replicates")).isEqualTo(id(servers, 0, 3));
    patiently("the new replica has copied its master")
        .until(() -> tell(servers.address(8), "INFO", "replication").contains("_link_status:up"));
  }

  private void theMasterOfTheChosenReplicaDies(LooseServers servers) throws Exception {
    servers.kill(3);
    patiently("7000 or 7008 takes over")
        .until(() -> slots(servers, 1, 0) + slots(servers, 1, 8) > 0);
  }

  private void aMasterIsDrainedAndRemoved(LooseServers servers) throws Exception {
    String master = servers.address(2).toString();
    onTheCluster(servers, "del-node", master).exits(70).says("is not empty", "--drain");
    onTheCluster(servers, "del-node", master, "--drain").exits(0).says("is removed and reset");
    assertThat(nodeCount(servers, 2)).as("the removed node knows nobody").isEqualTo(1);
    assertThat(node(servers, 1, 5).path("replicates").asText())
        .as("its replica has another master")
        .isNotEmpty();
  }

  private void aReplicaIsRemovedAndTheDeadNodeForgotten(LooseServers servers) throws Exception {
    onTheCluster(servers, "del-node", servers.address(4).toString()).exits(0);
    onTheCluster(servers, "forget", servers.address(3).toString()).exits(0);
    patiently("a clean cluster of six")
        .untilAsserted(
            () -> onTheCluster(servers, "check").exits(0).says("[OK] All 16384 slots covered."));
    assertThat(nodeCount(servers, 1)).isEqualTo(6);
    assertThat(get(servers, 1, "foo")).isEqualTo("bar");
    assertThat(get(servers, 1, "age")).isEqualTo("100");
  }

  private static ConditionFactory patiently(String what) {
    return await(what).atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200));
  }

  private static Answer cluster(List<String> words) {
    return Answer.to(Stream.concat(Stream.of("cluster"), words.stream()).toList());
  }

  /** Asks node 7001, which is there from the beginning to the end. */
  private static Answer onTheCluster(LooseServers servers, String verb, String... more) {
    return cluster(
        Stream.of(Stream.of(verb, servers.address(1).toString()), Stream.of(more))
            .flatMap(words -> words)
            .toList());
  }

  private static JsonNode node(LooseServers servers, int asked, int number) throws Exception {
    Answer answer = cluster(List.of("check", servers.address(asked).toString(), "--json"));
    for (JsonNode node : JSON.readTree(answer.out()).path("nodes")) {
      if (node.path("address").asText().equals(servers.address(number).toString())) {
        return node;
      }
    }
    return JSON.createObjectNode();
  }

  private static JsonNode id(LooseServers servers, int asked, int number) throws Exception {
    return node(servers, asked, number).path("id");
  }

  private static int slots(LooseServers servers, int asked, int number) throws Exception {
    int slots = 0;
    for (JsonNode range : node(servers, asked, number).path("slots")) {
      slots += range.get(1).asInt() - range.get(0).asInt() + 1;
    }
    return slots;
  }

  private int nodeCount(LooseServers servers, int number) {
    return (int) tell(servers.address(number), "CLUSTER", "NODES").lines().count();
  }

  private String tell(NodeAddress address, String command, String... arguments) {
    try (NodeConnection node = connections.connect(address).join()) {
      return node.text(command, arguments).join();
    }
  }

  private void set(LooseServers servers, int first, String key, String value) {
    assertThat(redirected(servers.address(first), "SET", key, value)).isEqualTo("OK");
  }

  private String get(LooseServers servers, int first, String key) {
    return redirected(servers.address(first), "GET", key);
  }

  /** As redis-cli -c does. */
  private String redirected(NodeAddress first, String command, String... arguments) {
    try {
      return tell(first, command, arguments);
    } catch (CompletionException e) {
      String[] moved = Failures.reason(e).split(" ", -1);
      assertThat(moved[0]).as(Failures.reason(e)).isEqualTo("MOVED");
      return tell(NodeAddress.parse(moved[2]), command, arguments);
    }
  }
}
