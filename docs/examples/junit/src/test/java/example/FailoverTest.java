package example;

import static io.shardquake.harness.junit.ClusterConditions.agreesOnSlots;
import static io.shardquake.harness.junit.ClusterConditions.isMaster;
import static io.shardquake.harness.junit.NodeChoice.masterOf;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.shardquake.checkers.Validity;
import io.shardquake.harness.junit.Chaos;
import io.shardquake.harness.junit.ChaosCluster;
import io.shardquake.harness.junit.ChaosTest;
import io.shardquake.harness.junit.Disturbance;
import io.shardquake.harness.junit.ShardquakeCluster;
import io.shardquake.harness.junit.Traffic;
import java.time.Duration;

@ShardquakeCluster(masters = 3, replicas = 1)
class FailoverTest {

  @ChaosTest(seed = 1, repeat = 1)
  void aFailoverKeepsWhatRedisClusterPromises(ChaosCluster cluster, Chaos chaos, Traffic traffic) {
    String heir = cluster.replicasOf("key").get(0);
    Disturbance killed = chaos.kill(masterOf("key"));
    await().atMost(Duration.ofMinutes(1)).until(cluster, isMaster(heir));
    killed.heal();
    await().atMost(Duration.ofMinutes(1)).until(cluster, agreesOnSlots());
    assertEquals(Validity.VALID, traffic.verdict().validity(), traffic.verdict()::reason);
  }
}
