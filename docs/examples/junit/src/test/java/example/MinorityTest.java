package example;

import static io.shardquake.harness.junit.ClusterConditions.isMaster;
import static io.shardquake.harness.junit.NodeChoice.isolating;
import static io.shardquake.harness.junit.NodeChoice.masterOf;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.shardquake.checkers.Validity;
import io.shardquake.harness.junit.Chaos;
import io.shardquake.harness.junit.ChaosCluster;
import io.shardquake.harness.junit.ChaosTest;
import io.shardquake.harness.junit.ShardquakeCluster;
import io.shardquake.harness.junit.Traffic;
import java.time.Duration;
import org.junit.jupiter.api.Tag;

/**
 * What a failure looks like. These nodes have a defect: they go on serving when they reach no
 * majority, so what they accept after a replica was elected in their place is lost. Run by {@code
 * mvn test -Dexcluded.groups=none}, to fail.
 */
@Tag("broken")
@ShardquakeCluster(defects = "serve-in-minority")
class MinorityTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @ChaosTest(seed = 3)
  void aMinorityStopsServing(ChaosCluster cluster, Chaos chaos, Traffic traffic) throws Exception {
    String heir = cluster.replicasOf("key").get(0);
    chaos
        .partition(isolating(masterOf("key")))
        .during(
            () -> {
              await().atMost(LIMIT).until(cluster, isMaster(heir));
              long before = traffic.succeeded();
              await().atMost(LIMIT).until(() -> traffic.succeeded() > before + 1000);
            });
    assertEquals(Validity.VALID, traffic.verdict().validity(), traffic.verdict()::reason);
  }
}
