package io.shardquake.node.mixed;

import static io.shardquake.node.mixed.Peer.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Members of both kinds in one cluster. */
@Tag("redis")
final class MixedClusterTest {

  @ParameterizedTest
  @EnumSource(Kind.class)
  void failsOverAndMovesSlotsBetweenKinds(Kind kind) {
    try (MixedCluster cluster = new MixedCluster(kind)) {
      int slot = Integer.parseInt(cluster.master(0).ask("CLUSTER", "KEYSLOT", "{t}").text());
      int owner = MixedCluster.firstOwner(slot);
      Peer master = cluster.master(owner);
      Peer replica = cluster.replicaOf(owner);
      SampleData.writeTo(master, "first");
      replica.awaitCaughtUpWith(master);

      takesOverAndResumes(cluster, slot, master, replica);
      takesOverAndResumes(cluster, slot, replica, master);
      movesThereAndBack(cluster, slot, owner);
      isElected(cluster, slot, owner);
    }
  }

  /** A manual failover; the former master then gets no more than what it lacks. */
  private static void takesOverAndResumes(
      MixedCluster cluster, int slot, Peer master, Peer replica) {
    long full = Long.parseLong(replica.info("sync_full"));
    long partial = Long.parseLong(replica.info("sync_partial_ok"));
    MixedCluster.ok(replica, "CLUSTER", "FAILOVER");
    MixedCluster.awaitMaster(replica);
    patiently(master + " to follow " + replica).until(() -> master.info("role").equals("slave"));
    MixedCluster.awaitSound(cluster.peers());
    MixedCluster.awaitOwner(cluster.peers(), slot, replica);
    SampleData.writeTo(replica, "by" + replica.port());
    master.awaitCaughtUpWith(replica);
    SampleData.assertSame(replica, master);
    assertThat(Long.parseLong(replica.info("sync_partial_ok"))).isGreaterThan(partial);
    assertThat(Long.parseLong(replica.info("sync_full"))).isEqualTo(full);
  }

  private static void movesThereAndBack(MixedCluster cluster, int slot, int owner) {
    Peer from = cluster.master(owner);
    Peer to = cluster.master(owner == 1 ? 0 : 1);
    assertThat(to.kind()).as("the other kind").isNotEqualTo(from.kind());
    String before = digest(from);
    MixedCluster.move(slot, from, to);
    MixedCluster.awaitOwner(cluster.peers(), slot, to);
    assertThat(digest(to)).as("the data of %s at %s", from, to).isEqualTo(before);
    MixedCluster.move(slot, to, from);
    MixedCluster.awaitOwner(cluster.peers(), slot, from);
    assertThat(digest(from)).as("the data back at %s", from).isEqualTo(before);
    cluster.replicaOf(owner).awaitCaughtUpWith(from);
  }

  private static String digest(Peer peer) {
    return peer.ask("DEBUG", "DIGEST").text();
  }

  /** Voters of both kinds elect a replica of the other kind than its master. */
  private static void isElected(MixedCluster cluster, int slot, int owner) {
    Peer master = cluster.master(owner);
    Peer replica = cluster.replicaOf(owner);
    String before = digest(master);
    master.kill();
    MixedCluster.awaitMaster(replica);
    List<Peer> left = cluster.peers().stream().filter(peer -> peer != master).toList();
    MixedCluster.awaitOwner(left, slot, replica);
    assertThat(digest(replica)).as("the data after the election").isEqualTo(before);
    SampleData.writeTo(replica, "elected");
  }
}
