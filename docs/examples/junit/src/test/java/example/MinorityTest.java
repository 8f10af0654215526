package example;

import static io.shardquake.harness.junit.NodeChoice.isolating;
import static io.shardquake.harness.junit.NodeChoice.masterOf;
import static io.shardquake.harness.junit.NodeChoice.replicaOf;
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
 * majority, as a master does here that is left alone with its replica. Run by {@code mvn test
 * -Dexcluded.groups=none}, to fail.
 */
@Tag("broken")
@ShardquakeCluster(defects = "serve-in-minority")
class MinorityTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** One and a half node timeouts and a second are what it takes to notice. */
  private static final Duration LONGER_THAN_A_MINORITY_MAY_SERVE = Duration.ofSeconds(6);

  @ChaosTest(seed = 3)
  void aMinorityStopsServing(ChaosCluster cluster, Chaos chaos, Traffic traffic) throws Exception {
    chaos
        .partition(isolating(masterOf("key"), replicaOf("key")))
        .during(
            () -> {
              long before = traffic.succeeded();
              await()
                  .during(LONGER_THAN_A_MINORITY_MAY_SERVE)
                  .atMost(LIMIT)
                  .until(() -> traffic.succeeded() > before + 1000);
            });
    assertEquals(Validity.VALID, traffic.verdict().validity(), traffic.verdict()::reason);
  }
}
