package io.shardquake.harness.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.faults.NodeStatus.State;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundled nodes as a cluster of processes. */
final class ReferenceTargetIT {
  @TempDir Path directory;

  @Test
  void aNodeKilledComesBackUnderItsOldNameAndLeavesNoProcess() throws Exception {
    RunningCluster cluster = start(ClusterOptions.DEFAULT.withShape(3, 0));
    long pid;
    try (cluster) {
      assertThat(cluster.nodes()).containsExactly("n1", "n2", "n3");
      String id = cluster.endpoints().get(0).nodeId();

      cluster.kill("n1").toCompletableFuture().join();
      assertThat(cluster.status("n1").state()).isEqualTo(State.DEAD);
      cluster.start("n1").toCompletableFuture().join();
      assertThat(myId(cluster, "n1")).isEqualTo(id);

      cluster.stop("n2").toCompletableFuture().join();
      cluster.start("n2").toCompletableFuture().join();
      cluster.pause("n3").toCompletableFuture().join();
      assertThat(cluster.status("n3").state()).isEqualTo(State.PAUSED);
      cluster.resume("n3").toCompletableFuture().join();
      assertThat(cluster.command("n3", List.of("PING")).toCompletableFuture().join())
          .isEqualTo(Value.of("PONG"));
      pid = cluster.status("n1").pid();
    }
    assertThat(ProcessHandle.of(pid)).as("n1 after closing").isEmpty();
    assertThat(directory.resolve("logs/n1.log")).content().contains("Ready to accept connections");
    assertThat(directory.resolve(ProcessLedger.FILE_NAME)).doesNotExist();
  }

  @Test
  void saysWhatANodeSaidThatExitsAtStart() {
    assertThatThrownBy(
            () -> start(ClusterOptions.DEFAULT.withDirectives(List.of("no-such-word yes"))))
        .isInstanceOf(TargetException.class)
        .hasMessageContaining("exited with status 64")
        .hasMessageContaining("no-such-word: Bad directive or wrong number of arguments");
  }

  private RunningCluster start(ClusterOptions options) throws Exception {
    long start = System.nanoTime();
    return ReferenceTarget.onThisMachine()
        .start(options, directory, () -> System.nanoTime() - start);
  }

  private static String myId(RunningCluster cluster, String node) {
    return ClusterView.of(cluster.view(node).toCompletableFuture().join())
        .myself()
        .orElseThrow()
        .id();
  }
}
