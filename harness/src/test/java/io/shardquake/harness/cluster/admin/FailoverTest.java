package io.shardquake.harness.cluster.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.cluster.ScriptedServer;
import io.shardquake.harness.cluster.state.ClusterSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A master and its replica, scripted: what each says depends on how often the replica was asked.
 */
final class FailoverTest {
  private static final String MASTER = "a".repeat(40);
  private static final String REPLICA = "b".repeat(40);
  private static final Duration NODE_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofMillis(300);

  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger looksSinceAsked = new AtomicInteger();
  private final List<String> story = new ArrayList<>();
  private final ClusterConnections connections = new ClusterConnections(Duration.ofSeconds(5));
  private Plot plot = (observer, times, looks) -> MASTER;
  private boolean replicaIsKnown = true;
  private ScriptedServer master;
  private ScriptedServer replica;

  /** Whom an observer takes for the master, by how often the replica was asked and has told. */
  private interface Plot {
    String master(String observer, int asked, int looks);
  }

  @BeforeEach
  void start() throws Exception {
    master = new ScriptedServer(words -> answer(MASTER, words));
    replica = new ScriptedServer(words -> answer(REPLICA, words));
  }

  @AfterEach
  void stop() throws Exception {
    connections.close();
    master.close();
    replica.close();
  }

  @Test
  void asksAgainWhenTheReplicaPromotedItselfByOldVotesAndGaveWay() throws Exception {
    plot =
        (observer, times, looks) ->
            times > 1 || (times == 1 && observer.equals(REPLICA) && looks == 1) ? REPLICA : MASTER;

    failover(Failover.Mode.FORCE);

    assertThat(story)
        .containsExactly(
            "[WARNING] "
                + replica.address()
                + " promoted itself by the votes of an election before, and gave way to "
                + master.address()
                + ", which has a greater config epoch; asking it again");
    assertThat(asked).hasValue(2);
  }

  @Test
  void saysWhenVotesAreGivenAgainIfNobodyVoted() {
    assertThatThrownBy(() -> failover(Failover.Mode.FORCE))
        .isInstanceOf(ClusterException.class)
        .hasMessage(
            replica.address()
                + " was not elected: a master votes once in 4000 ms for a shard, and a replica"
                + " stands for election once in 8000 ms");
    assertThat(asked).hasValue(3);
  }

  @Test
  void waitsUntilTheMasterKnowsItsReplicaBeforeItAsksForANormalOne() throws Exception {
    replicaIsKnown = false;
    plot = (observer, times, looks) -> times > 0 ? REPLICA : MASTER;

    failover(Failover.Mode.NORMAL);

    assertThat(replicaIsKnown).as("asked only when it was known").isTrue();
    assertThat(story).isEmpty();
  }

  @Test
  void aNormalOneNeedsTheMaster() throws Exception {
    NodeAddress seed = replica.address();
    try (ClusterSession session = new ClusterSession(connections, seed)) {
      session.snapshot();
      master.close();
      session.node(MASTER).close();

      assertThatThrownBy(() -> failover(session, Failover.Mode.NORMAL))
          .hasMessage(
              "the master of "
                  + replica.address()
                  + " cannot be asked to stop writing: --force does without it");
    }
  }

  private void failover(Failover.Mode mode) throws Exception {
    try (ClusterSession session = new ClusterSession(connections, replica.address())) {
      failover(session, mode);
    }
  }

  private void failover(ClusterSession session, Failover.Mode mode) throws Exception {
    Failover.run(
        session, session.snapshot().find(REPLICA), mode, NODE_TIMEOUT, PATIENCE, story::add);
  }

  private String answer(String observer, List<String> words) {
    String command = String.join(" ", words).toUpperCase(Locale.ROOT);
    if (command.startsWith("CLUSTER FAILOVER")) {
      looksSinceAsked.set(0);
      asked.incrementAndGet();
      return "+OK\r\n";
    }
    return switch (command) {
      case "CLUSTER NODES" -> ScriptedServer.bulk(nodes(observer));
      case "CLUSTER INFO" -> ScriptedServer.bulk("cluster_state:ok\r\n");
      case "INFO REPLICATION" -> ScriptedServer.bulk("master_link_status:up\r\n");
      default -> "-ERR unknown command\r\n";
    };
  }

  private String nodes(String observer) {
    int looks = observer.equals(REPLICA) ? looksSinceAsked.incrementAndGet() : 0;
    String owner = plot.master(observer, asked.get(), looks);
    // The master learns of its replica by being looked at twice.
    boolean other = observer.equals(MASTER) && !replicaIsKnown && asked.get() == 0;
    if (observer.equals(MASTER)) {
      replicaIsKnown = true;
    }
    return line(MASTER, master.address(), observer, owner, false)
        + line(REPLICA, replica.address(), observer, owner, other);
  }

  private static String line(
      String id, NodeAddress address, String observer, String owner, boolean asMaster) {
    boolean isMaster = id.equals(owner) || asMaster;
    return String.join(
            " ",
            id,
            address + "@1",
            (id.equals(observer) ? "myself," : "") + (isMaster ? "master" : "slave"),
            isMaster ? "-" : owner,
            "0 0 1 connected",
            id.equals(owner) ? "0-16383" : "")
        + "\n";
  }
}
