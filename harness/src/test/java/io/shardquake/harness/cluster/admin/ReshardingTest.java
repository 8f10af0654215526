package io.shardquake.harness.cluster.admin;

import static io.shardquake.harness.cluster.Snapshots.id;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.Snapshots;
import io.shardquake.harness.cluster.check.CheckReport;
import io.shardquake.harness.cluster.check.ClusterDiagnosis;
import io.shardquake.harness.cluster.plan.SlotMove;
import io.shardquake.harness.cluster.state.ClusterSnapshot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReshardingTest {
  private static final List<SlotMove> MOVE_OF_7 = List.of(new SlotMove(7, id('a'), id('b')));

  private static CheckReport report(String... slots) {
    ClusterSnapshot snapshot = Snapshots.ofMasters(slots);
    return new CheckReport(snapshot, Map.of(), Map.of(), ClusterDiagnosis.of(snapshot, Map.of()));
  }

  @Test
  void aCleanClusterMayBeResharded() {
    assertThatCode(() -> Resharding.requireSound(report("0-99", "100-16383"), MOVE_OF_7))
        .doesNotThrowAnyException();
  }

  @Test
  void aSlotThatNobodyOwnsIsToBeRepairedFirst() {
    assertThatThrownBy(() -> Resharding.requireSound(report("0-99", "101-16383"), MOVE_OF_7))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("slot 100")
        .hasMessageContaining("cluster fix");
  }

  @Test
  void aSlotThatSomebodyElseLeftOpenIsToBeRepairedFirst() {
    CheckReport open = report("0-99 [8->-" + id('b') + "]", "100-16383 [8-<-" + id('a') + "]");

    assertThatThrownBy(() -> Resharding.requireSound(open, MOVE_OF_7))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("slot 8");
  }

  @Test
  void aSlotThatThisVeryMoveLeftOpenIsGoneOnWith() {
    CheckReport open = report("0-99 [7->-" + id('b') + "]", "100-16383 [7-<-" + id('a') + "]");

    assertThatCode(() -> Resharding.requireSound(open, MOVE_OF_7)).doesNotThrowAnyException();
  }

  @Test
  void alsoIfItWasInterruptedBeforeTheSourceKnew() {
    CheckReport open = report("0-99", "100-16383 [7-<-" + id('a') + "]");

    assertThatCode(() -> Resharding.requireSound(open, MOVE_OF_7)).doesNotThrowAnyException();
  }
}
