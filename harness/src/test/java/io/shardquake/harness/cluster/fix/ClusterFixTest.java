package io.shardquake.harness.cluster.fix;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.cluster.ScriptedServer;
import io.shardquake.harness.cluster.state.ClusterSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master that took over, and the one before it, scripted. */
final class ClusterFixTest {
  private static final String NEW = "a".repeat(40);
  private static final String OLD = "b".repeat(40);

  @TempDir Path directory;
  private final ClusterConnections connections = new ClusterConnections(Duration.ofSeconds(5));
  private final AtomicInteger looks = new AtomicInteger();
  private final List<String> told = new ArrayList<>();
  private int looksUntilItHears;
  private ScriptedServer newMaster;
  private ScriptedServer oldMaster;

  @BeforeEach
  void start() throws Exception {
    newMaster = new ScriptedServer(words -> answer(NEW, words));
    oldMaster = new ScriptedServer(words -> answer(OLD, words));
  }

  @AfterEach
  void end() throws Exception {
    connections.close();
    newMaster.close();
    oldMaster.close();
  }

  @Test
  void leavesAMasterAloneThatIsAboutToGiveWay() throws Exception {
    looksUntilItHears = 3;

    fix();

    assertThat(looks).as("it looked until the claims were settled").hasValueGreaterThan(3);
    assertThat(oldMaster.received()).noneMatch(words -> words.contains("DELSLOTS"));
    assertThat(told).isEmpty();
  }

  @Test
  void beginsNothingOnceItIsToStop() throws Exception {
    looksUntilItHears = Integer.MAX_VALUE;
    NodeAddress seed = newMaster.address();
    try (ClusterSession session = new ClusterSession(connections, seed)) {
      fix(session).run(() -> true);
    }

    assertThat(oldMaster.received()).noneMatch(words -> words.contains("DELSLOTS"));
  }

  private void fix() throws Exception {
    try (ClusterSession session = new ClusterSession(connections, newMaster.address())) {
      fix(session).run();
    }
  }

  private ClusterFix fix(ClusterSession session) {
    return new ClusterFix(
        session,
        ClusterFix.Settings.DEFAULT,
        new RescueFile(directory.resolve("rescue.jsonl")),
        told::add);
  }

  private String answer(String observer, List<String> words) {
    String command = String.join(" ", words).toUpperCase(Locale.ROOT);
    return switch (command) {
      case "CLUSTER NODES" -> ScriptedServer.bulk(nodes(observer));
      case "CLUSTER INFO" -> ScriptedServer.bulk("cluster_state:ok\r\n");
      case "DBSIZE" -> ":0\r\n";
      default -> command.startsWith("CLUSTER COUNTKEYSINSLOT") ? ":0\r\n" : "+OK\r\n";
    };
  }

  private String nodes(String observer) {
    boolean hasHeard = observer.equals(NEW) || looks.incrementAndGet() > looksUntilItHears;
    return hasHeard
        ? line(NEW, newMaster, observer, "master", "-", "2", " 0-16383")
            + line(OLD, oldMaster, observer, "slave", NEW, "2", "")
        : line(NEW, newMaster, observer, "slave", OLD, "1", "")
            + line(OLD, oldMaster, observer, "master", "-", "1", " 0-16383");
  }

  private static String line(
      String id,
      ScriptedServer server,
      String observer,
      String role,
      String master,
      String epoch,
      String slots) {
    String myself = id.equals(observer) ? "myself," : "";
    return "%s %s@1 %s%s %s 0 0 %s connected%s%n"
        .formatted(id, server.address(), myself, role, master, epoch, slots);
  }
}
