package io.shardquake.harness.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("redis")
final class RedisTargetIT {
  @TempDir Path directory;

  @Test
  void startsThreeMastersWithAReplicaEach() throws Exception {
    try (RunningCluster cluster = Redis.start(directory)) {
      assertThat(cluster.nodes()).containsExactly("n1", "n2", "n3", "n4", "n5", "n6");
    }
  }
}
