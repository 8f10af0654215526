package io.shardquake.harness.cluster.check;

import static io.shardquake.harness.cluster.Snapshots.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.harness.cluster.Snapshots;
import io.shardquake.harness.cluster.state.ClusterSnapshot;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Each kind of anomaly, in the smallest cluster that has it. */
class ClusterDiagnosisTest {
  private static List<Anomaly> diagnose(ClusterSnapshot snapshot) {
    return ClusterDiagnosis.of(snapshot, Map.of());
  }

  private static void assertOnly(List<Anomaly> found, AnomalyKind kind, String where) {
    assertThat(found).extracting(Anomaly::kind, Anomaly::where).hasSize(1);
    assertThat(found.get(0).kind()).isEqualTo(kind);
    assertThat(found.get(0).where()).isEqualTo(where);
  }

  @Test
  void findsNothingInACleanCluster() {
    assertThat(diagnose(Snapshots.ofMasters("0-8191", "8192-16383"))).isEmpty();
  }

  @Test
  void findsSlotsThatNobodyOwns() {
    List<Anomaly> found = diagnose(Snapshots.ofMasters("0-8191", "8193-16383"));

    assertOnly(found, AnomalyKind.UNCOVERED, "slot 8192");
    assertThat(found.get(0).slots().contains(8192)).isTrue();
  }

  @Test
  void findsASlotOnItsWay() {
    List<Anomaly> found =
        diagnose(
            Snapshots.ofMasters(
                "0-8191 [7->-" + id('b') + "]", "8192-16383 [7-<-" + id('a') + "]"));

    assertOnly(found, AnomalyKind.OPEN, "slot 7 from 127.0.0.1:7001 to 127.0.0.1:7002");
  }

  @Test
  void findsASlotThatIsOpenAtItsSourceOnly() {
    List<Anomaly> found =
        diagnose(Snapshots.ofMasters("0-8191 [7->-" + id('b') + "]", "8192-16383"));

    assertOnly(found, AnomalyKind.OPEN_AT_SOURCE, "slot 7 from 127.0.0.1:7001 to 127.0.0.1:7002");
  }

  @Test
  void findsASlotThatIsOpenAtItsTargetOnly() {
    List<Anomaly> found =
        diagnose(Snapshots.ofMasters("0-8191", "8192-16383 [7-<-" + id('a') + "]"));

    assertOnly(found, AnomalyKind.OPEN_AT_TARGET, "slot 7 from 127.0.0.1:7001 to 127.0.0.1:7002");
  }

  @Test
  void findsAMarkThatOutlivedItsMove() {
    List<Anomaly> found =
        diagnose(Snapshots.ofMasters("0-8191 [7-<-" + id('b') + "]", "8192-16383"));

    assertOnly(found, AnomalyKind.STALE_MARK, "slot 7 on 127.0.0.1:7001");
  }

  @Test
  void findsKeysOfSlotsThatTheirHolderDoesNotOwn() {
    SortedMap<Integer, Long> counts = new TreeMap<>(Map.of(7, 3L, 9, 1L));

    List<Anomaly> found =
        ClusterDiagnosis.of(Snapshots.ofMasters("0-8191", "8192-16383"), Map.of(id('b'), counts));

    assertOnly(found, AnomalyKind.FOREIGN_KEYS, "4 keys of 2 slots: 7,9 on 127.0.0.1:7002");
  }

  @Test
  void takesKeysOnTheirWayForNoAnomalyOfTheirOwn() {
    SortedMap<Integer, Long> counts = new TreeMap<>(Map.of(7, 3L));

    List<Anomaly> found =
        ClusterDiagnosis.of(
            Snapshots.ofMasters("0-8191 [7->-" + id('b') + "]", "8192-16383 [7-<-" + id('a') + "]"),
            Map.of(id('b'), counts));

    assertThat(found).extracting(Anomaly::kind).containsExactly(AnomalyKind.OPEN);
  }

  @Test
  void findsTwoOwnersOfASlot() {
    List<Anomaly> found =
        diagnose(
            Snapshots.of(
                """
                a myself,master - 1 0-8192
                b master - 2 8193-16383
                """,
                """
                a master - 1 0-8191
                b myself,master - 2 8192-16383
                """));

    assertOnly(found, AnomalyKind.CONTESTED, "slot 8192 by 127.0.0.1:7001, 127.0.0.1:7002");
  }

  @Test
  void findsNodesThatDisagree() {
    List<Anomaly> found =
        diagnose(
            Snapshots.of(
                """
                a myself,master - 1 0-8191
                b master - 2 8193-16383
                """,
                """
                a master - 1 0-8191
                b myself,master - 2 8192-16383
                """));

    assertOnly(found, AnomalyKind.DISAGREEMENT, "127.0.0.1:7001 on the owner of slot 8192");
  }

  @Test
  void findsANodeThatIsBeingIntroduced() {
    List<Anomaly> found =
        diagnose(
            Snapshots.of(
                """
                a myself,master - 1 0-16383
                z master,handshake - 0
                """));

    assertOnly(found, AnomalyKind.HANDSHAKE, "127.0.0.1:7001 with 127.0.0.1:7026");
  }

  @Test
  void findsAReplicaOfAReplica() {
    String nodes =
        """
        a master - 1 0-16383
        b slave a 1
        c slave b 1
        """;
    List<Anomaly> found =
        diagnose(
            Snapshots.of(
                nodes.replace("a master", "a myself,master"),
                nodes.replace("b slave", "b myself,slave"),
                nodes.replace("c slave", "c myself,slave")));

    assertOnly(found, AnomalyKind.CHAINED_REPLICA, "127.0.0.1:7003 replicates 127.0.0.1:7002");
  }

  @Test
  void findsMastersWithTheSameEpoch() {
    String nodes =
        """
        a master - 5 0-8191
        b master - 5 8192-16383
        """;
    List<Anomaly> found =
        diagnose(
            Snapshots.of(
                nodes.replace("a master", "a myself,master"),
                nodes.replace("b master", "b myself,master")));

    assertOnly(found, AnomalyKind.EPOCH_COLLISION, "epoch 5 of 127.0.0.1:7001, 127.0.0.1:7002");
  }

  @Test
  void findsANodeThatIsAwayAndThatItsSlotsHaveNoOwner() {
    ClusterSnapshot snapshot =
        Snapshots.of(
            """
            a myself,master - 1 0-8191
            b master,fail - 2 8192-16383
            """);

    List<Anomaly> found = diagnose(Snapshots.without(snapshot, 'b', "Connection refused"));

    assertThat(found)
        .extracting(Anomaly::kind)
        .containsExactly(AnomalyKind.UNREACHABLE, AnomalyKind.OWNER_DOWN);
    assertThat(found.get(0).where())
        .isEqualTo("127.0.0.1:7002 (" + id('b') + "): Connection refused");
    assertThat(found.get(1).where()).isEqualTo("8192 slots: 8192-16383 of 127.0.0.1:7002");
  }

  @Test
  void findsANodeThatTakesTheClusterForDown() {
    List<Anomaly> found = diagnose(Snapshots.down(Snapshots.ofMasters("0-8191", "8192-16383")));

    assertOnly(found, AnomalyKind.DOWN, "according to 127.0.0.1:7001, 127.0.0.1:7002");
  }

  @Test
  void explainsEveryKind() {
    assertThat(AnomalyKind.values())
        .allSatisfy(
            kind ->
                assertThat(List.of(kind.meaning(), kind.clientsSee(), kind.cause(), kind.repair()))
                    .noneMatch(String::isBlank));
  }
}
