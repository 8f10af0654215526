package io.shardquake.harness.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Faults on servers in containers, whose image is made here from the server of this machine. */
@Tag("redis")
final class ContainerTargetIT {
  @TempDir Path directory;
  private ContainerEngine engine;
  private LocalImage image;
  private RunningCluster cluster;
  private SteadyWrites writes;

  @BeforeEach
  void start() throws Exception {
    Redis.assumeInstalled();
    assumeTrue(
        ContainerTarget.missing().isEmpty(),
        () -> "SKIPPED: " + ContainerTarget.missing().orElse(""));
    engine = ContainerEngine.onThisMachine().orElseThrow();
    Path server = Redis.path();
    image = LocalImage.of(server, engine, Files.createDirectory(directory.resolve("image")));
    long start = System.nanoTime();
    cluster =
        new ContainerTarget(image.name(), server.toString())
            .start(
                ClusterOptions.DEFAULT.withNodeTimeout(Duration.ofSeconds(2)),
                Files.createDirectory(directory.resolve("run")),
                () -> System.nanoTime() - start);
    writes = new SteadyWrites(cluster);
  }

  @AfterEach
  void nothingIsLeftBehind() throws Exception {
    if (cluster != null) {
      writes.close();
      cluster.close();
      assertThat(ofThisRun("ps", "--all", "--format", "{{.Names}}")).isEmpty();
      assertThat(ofThisRun("network", "ls", "--format", "{{.Name}}")).isEmpty();
      assertThat(directory.resolve("run").resolve(ContainerLedger.FILE_NAME)).doesNotExist();
    }
    if (image != null) {
      image.close();
    }
  }

  /** Containers bear their network's name, and are of one image. */
  private Stream<String> ofThisRun(String... list) throws IOException {
    return engine.tell(list).lines().filter(name -> name.startsWith("shardquake-"));
  }

  @TestFactory
  Stream<DynamicTest> whatOnlyAnEngineCanDoBitesAndHealsAndLinksAreRefused() {
    return new FaultTable(cluster)
        .tests(Set.of("kill", "pause", "disconnect", "cpu-limit", "partition", "full-disk"));
  }

  @TestFactory
  @Tag("slow")
  Stream<DynamicTest> bitesAndHealsOrIsRefused() {
    return new FaultTable(cluster).tests();
  }
}
