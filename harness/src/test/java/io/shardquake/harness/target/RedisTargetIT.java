package io.shardquake.harness.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.faults.NodeStatus;
import io.shardquake.faults.NodeStatus.State;
import io.shardquake.harness.sampler.TopologySampler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("redis")
final class RedisTargetIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path directory;

  @Test
  void aClusterLivesThroughKillRestartPauseAndStop() throws Exception {
    List<TopologySample> samples = new CopyOnWriteArrayList<>();
    RunningCluster cluster = Redis.start(directory);
    List<ProcessHandle> processes = processes(cluster);
    try (cluster;
        TopologySampler sampler =
            TopologySampler.start(cluster, Duration.ofMillis(50), samples::add)) {
      assertThat(sampler).isNotNull();
      assertThat(cluster.nodes()).containsExactly("n1", "n2", "n3", "n4", "n5", "n6");
      assertThat(view(cluster, "n6").nodes())
          .filteredOn(node -> node.is(NodeFlag.MASTER))
          .extracting(NodeView::slotCount)
          .containsExactlyInAnyOrder(5461, 5462, 5461);

      cluster.kill("n1").toCompletableFuture().join();
      assertThat(cluster.status("n1")).isEqualTo(new NodeStatus("n1", -1, State.DEAD));
      await("n1 refuses connections")
          .atMost(PATIENCE)
          .until(() -> cluster.view("n1").toCompletableFuture().join().error().contains("refused"));
      await("n4 takes over from n1")
          .atMost(PATIENCE)
          .until(() -> myself(cluster, "n4").is(NodeFlag.MASTER));

      cluster.start("n1").toCompletableFuture().join();
      assertThat(cluster.status("n1").state()).isEqualTo(State.RUNNING);
      processes.addAll(processes(cluster));
      await("n1 comes back, under its old name, as a replica of n4")
          .atMost(PATIENCE)
          .until(() -> myself(cluster, "n1").master().equals(Optional.of(id(cluster, "n4"))));
      assertThat(myself(cluster, "n1").id()).isEqualTo(id(cluster, "n1"));

      cluster.pause("n2").toCompletableFuture().join();
      assertThat(cluster.status("n2").state()).isEqualTo(State.PAUSED);
      await("the sampler notices that n2 does not answer")
          .atMost(PATIENCE)
          .until(
              () ->
                  samples.stream()
                      .anyMatch(s -> s.observer().equals("n2") && s.error().contains("in time")));
      cluster.resume("n2").toCompletableFuture().join();
      assertThat(cluster.status("n2").state()).isEqualTo(State.RUNNING);
      assertThat(cluster.command("n2", List.of("PING")).toCompletableFuture().join())
          .isEqualTo(Value.of("PONG"));

      cluster.pause("n3").toCompletableFuture().join();
      cluster.stop("n3").toCompletableFuture().join();
      assertThat(cluster.status("n3").state()).isEqualTo(State.DEAD);
      cluster.pause("n5").toCompletableFuture().join();
    }
    assertThat(processes).as("processes after closing").noneMatch(ProcessHandle::isAlive);
    assertThat(directory.resolve(ProcessLedger.FILE_NAME)).doesNotExist();
    assertThat(directory.resolve("logs/n1.log")).isNotEmptyFile();
    assertThat(directory.resolve("nodes/n1/appendonlydir")).isNotEmptyDirectory();
    assertThat(samples)
        .filteredOn(TopologySample::answered)
        .extracting(TopologySample::observer)
        .contains("n1", "n2", "n3", "n4", "n5", "n6");
  }

  @Test
  void refusesWhatCannotBeDoneToANodeInOneLine() throws Exception {
    try (RunningCluster cluster = Redis.start(directory)) {
      assertThatThrownBy(() -> cluster.start("n1").toCompletableFuture().join())
          .hasMessageContaining("n1 runs already, as process " + cluster.status("n1").pid());
      cluster.kill("n6").toCompletableFuture().join();
      cluster.kill("n6").toCompletableFuture().join();
      assertThatThrownBy(() -> cluster.pause("n6").toCompletableFuture().join())
          .hasMessageContaining("n6 has no process to send SIGSTOP to");
      assertThatThrownBy(() -> cluster.status("n7")).hasMessageContaining("there is no node n7");
      assertThatThrownBy(
              () ->
                  cluster
                      .command("n1", List.of("CLUSTER", "REPLICATE", "x"))
                      .toCompletableFuture()
                      .join())
          .hasMessageContaining("ERR Unknown node x");
    }
  }

  @Test
  void saysWhatAServerSaidThatExitsAtStart() {
    ClusterOptions options = ClusterOptions.DEFAULT.withDirectives(List.of("no-such-word yes"));

    assertThatThrownBy(() -> Redis.start(options, directory))
        .isInstanceOf(TargetException.class)
        .hasMessageMatching("(?s)n[1-6] at 127\\.0\\..*")
        .hasMessageContaining("exited with status 1")
        .hasMessageContaining("Bad directive or wrong number of arguments");
    assertThat(directory.resolve(ProcessLedger.FILE_NAME)).doesNotExist();
  }

  @Test
  void saysWhichDirectoryItCannotUse() throws Exception {
    Files.writeString(directory.resolve("nodes"), "a file where a directory should be");

    assertThatThrownBy(() -> Redis.start(directory))
        .isInstanceOf(TargetException.class)
        .hasMessageStartingWith("cannot start servers in " + directory)
        .hasMessageNotContaining("\n");
  }

  private static List<ProcessHandle> processes(RunningCluster cluster) {
    return new CopyOnWriteArrayList<>(
        cluster.nodes().stream()
            .flatMap(node -> ProcessHandle.of(cluster.status(node).pid()).stream())
            .toList());
  }

  private static String id(RunningCluster cluster, String node) {
    return cluster.endpoints().stream()
        .filter(endpoint -> endpoint.name().equals(node))
        .findFirst()
        .orElseThrow()
        .nodeId();
  }

  private static ClusterView view(RunningCluster cluster, String node) {
    return ClusterView.of(cluster.view(node).toCompletableFuture().join());
  }

  private static NodeView myself(RunningCluster cluster, String node) {
    return view(cluster, node).myself().orElseThrow();
  }
}
