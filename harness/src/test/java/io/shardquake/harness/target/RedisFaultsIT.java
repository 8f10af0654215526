package io.shardquake.harness.target;

import io.shardquake.harness.target.ClusterOptions.Wiring;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of fault on real servers. */
@Tag("redis")
@Tag("slow")
final class RedisFaultsIT {
  @TempDir Path directory;
  private RunningCluster cluster;
  private SteadyWrites writes;

  @BeforeEach
  void start() throws Exception {
    cluster =
        Redis.start(
            ClusterOptions.DEFAULT
                .withNodeTimeout(Duration.ofSeconds(1))
                .withWiring(Wiring.PROXIED)
                .withShim(ShimLibrary.missing().isEmpty()),
            directory);
    writes = new SteadyWrites(cluster);
  }

  @AfterEach
  void end() {
    if (cluster != null) {
      writes.close();
      cluster.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> bitesAndHealsOrIsRefused() {
    return new FaultTable(cluster).tests();
  }
}
