package io.shardquake.harness.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.shardquake.harness.cli.Answer;
import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.Failures;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.cluster.NodeConnection;
import io.shardquake.harness.target.LooseServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cluster administration on servers that can do no more than Redis 3.2 could, and less. */
@Tag("redis")
final class OldServersIT {
  private static final String SHOWN = "127.32.0.1";
  private static final int KEYS = 200;

  @TempDir Path directory;
  private final ClusterConnections connections = new ClusterConnections(Duration.ofSeconds(5));
  private LooseServers servers;
  private Redis32Gate gate;

  @BeforeEach
  void start() throws Exception {
    servers = LooseServers.open(LooseServers.Kind.REDIS, 5, directory, List.of());
    servers.start(0, 1, 2, 3, 4);
    gate = new Redis32Gate(SHOWN, servers.address(0).host());
    for (int i = 0; i < 5; i++) {
      gate.before(servers.address(i).port());
    }
  }

  @AfterEach
  void end() throws Exception {
    connections.close();
    gate.close();
    servers.close();
  }

  @Test
  void everyVerbWorks() throws Exception {
    String fourth = address(3);
    String fifth = address(4);
    cluster("create", address(0), address(1), address(2), "--yes").exits(0);
    IntStream.range(0, KEYS).forEach(i -> set("{foo}" + i));
    cluster("add-node", address(0), fourth).exits(0);
    cluster("add-node", address(0), fifth, "--replica-of", fourth).exits(0);

    cluster(reshard("5", address(2), fourth)).exits(0);
    openSlotOfFoo(2, 3);
    cluster("check", address(0))
        .exits(1)
        .says("[WARNING] The following slots are open: 12182", "cluster fix");
    cluster("fix", address(0)).exits(0);
    cluster("rebalance", address(0), "--use-empty-masters", "--yes").exits(0);
    cluster("info", address(0)).exits(0).says("[OK] " + KEYS + " keys in 4 masters.");
    cluster("call", address(0), "DBSIZE").exits(0).says(fourth + ": ");

    await("the replica has copied its master")
        .atMost(Duration.ofSeconds(60))
        .until(() -> tell(4, "INFO", "replication").contains("master_link_status:up"));
    cluster("failover", address(0), fifth).exits(0).says("[OK] " + fifth + " is master now.");
    cluster("del-node", address(0), fifth, "--drain").exits(0);
    cluster("del-node", address(0), fourth).exits(0);
    cluster("reset", fifth, "--hard").exits(0);

    cluster("check", address(0)).exits(0).says("[OK] All 16384 slots covered.");
    cluster("info", address(0)).exits(0).says("[OK] " + KEYS + " keys in 3 masters.");
    assertThat(gate.refused()).anyMatch(command -> command.startsWith("MIGRATE"));
  }

  /** As a reshard that was interrupted leaves it, with a key on each side. */
  private void openSlotOfFoo(int from, int to) {
    tell(to, "CLUSTER", "SETSLOT", "12182", "IMPORTING", id(from));
    tell(from, "CLUSTER", "SETSLOT", "12182", "MIGRATING", id(to));
    tell(
        from,
        "MIGRATE",
        SHOWN,
        Integer.toString(servers.address(to).port()),
        "{foo}7",
        "0",
        "5000");
  }

  private static String[] reshard(String slots, String from, String to) {
    return new String[] {"reshard", from, "--slots", slots, "--from", from, "--to", to, "--yes"};
  }

  private String address(int number) {
    return SHOWN + ":" + servers.address(number).port();
  }

  private String id(int number) {
    return Stream.of(tell(number, "CLUSTER", "NODES").split("\n", -1))
        .filter(line -> line.contains("myself"))
        .map(line -> line.substring(0, line.indexOf(' ')))
        .findFirst()
        .orElseThrow();
  }

  private static Answer cluster(String... words) {
    return Answer.to(Stream.concat(Stream.of("cluster"), Stream.of(words)).toList());
  }

  private String tell(int number, String command, String... arguments) {
    return tell(NodeAddress.parse(address(number)), command, arguments);
  }

  private String tell(NodeAddress address, String command, String... arguments) {
    try (NodeConnection node = connections.connect(address).join()) {
      return node.text(command, arguments).join();
    }
  }

  private void set(String key) {
    try {
      tell(0, "SET", key, "value");
    } catch (CompletionException e) {
      String[] moved = Failures.reason(e).split(" ", -1);
      assertThat(tell(NodeAddress.parse(moved[2]), "SET", key, "value")).isEqualTo("OK");
    }
  }
}
