package io.shardquake.harness.junit;

import static io.shardquake.harness.junit.ClusterConditions.agreesOnSlots;
import static io.shardquake.harness.junit.ClusterConditions.isMaster;
import static io.shardquake.harness.junit.NodeChoice.masterOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.shardquake.checkers.Validity;
import io.shardquake.harness.target.Redis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The extension as tests use it; those tests are run by the JUnit Platform, as users' are. */
@Tag("redis")
final class ShardquakeExtensionIT {
  private static final Duration FAILOVER = Duration.ofSeconds(60);

  @TempDir Path directory;

  @BeforeEach
  void requireServer() {
    Redis.assumeInstalled();
  }

  private TestExecutionSummary run(Class<?> tests) {
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(tests))
                .configurationParameter(Artefacts.PARAMETER, directory.toString())
                .build(),
            summary);
    return summary.getSummary();
  }

  @Test
  void testsBreakTheClusterAndJudgeTheirTraffic() {
    TestExecutionSummary summary = run(Failovers.class);

    assertThat(summary.getFailures())
        .as("%s", summary.getFailures().stream().map(it -> it.getException()).toList())
        .isEmpty();
    assertThat(summary.getTestsSucceededCount()).isEqualTo(3);
    assertThat(directory.resolve(Failovers.class.getName().replace('$', '-')).toFile().list())
        .as("what was recorded of tests that pass is removed")
        .isEmpty();
  }

  @Test
  void aFailureTellsItsSeedAndWhereItIsRecorded() {
    TestExecutionSummary summary = run(Broken.class);

    assertThat(summary.getFailures()).hasSize(1);
    assertThat(summary.getFailures().get(0).getException())
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("seed 8, recorded in " + directory)
        .hasMessageContaining("on purpose");
    assertThat(directory).isDirectoryRecursivelyContaining("glob:**/cluster-*/logs/n1.log");
    assertThat(summary.getTestsSucceededCount()).isEqualTo(1);
  }

  /** Run by the test above. */
  @ShardquakeCluster(target = "redis")
  static final class Failovers {
    private ChaosCluster shared;

    @BeforeEach
    void remember(ChaosCluster cluster) {
      shared = cluster;
    }

    @Test
    void aFailoverKeepsTheContract(ChaosCluster cluster, Chaos chaos, Traffic traffic) {
      await().atMost(FAILOVER).until(() -> traffic.succeeded() > 0);
      String master = cluster.masterOf("key");
      String heir = cluster.replicasOf("key").get(0);
      Disturbance killed = chaos.kill(masterOf("key"));
      await().atMost(FAILOVER).until(cluster, isMaster(heir));
      killed.heal();
      assertThat(traffic.verdict().validity())
          .as(traffic.verdict().reason())
          .isEqualTo(Validity.VALID);
      await().atMost(FAILOVER).until(cluster, agreesOnSlots());
      assertThat(cluster.masterOf("key")).isNotEqualTo(master);
    }

    @Test
    void aShortPauseChangesNothing(ChaosCluster cluster, Chaos chaos) {
      String master = cluster.masterOf("key");
      chaos.pause(masterOf("key")).during(Duration.ofMillis(300));
      await().atMost(FAILOVER).until(cluster, agreesOnSlots());
      assertThat(cluster.masterOf("key")).isEqualTo(master);
    }

    @Nested
    final class Inside {
      @Test
      void nestedClassesShareTheCluster(ChaosCluster inner) {
        assertThat(inner).isSameAs(shared);
      }
    }
  }

  /** Run by the test above. */
  @ShardquakeCluster(target = "redis")
  static final class Broken {
    @ChaosTest(seed = 7, repeat = 2)
    void failsForOneSeed(Chaos chaos, TestInfo info) {
      chaos.healAll();
      assertThat(List.of("seed 7")).as("on purpose").contains(info.getDisplayName());
    }
  }
}
