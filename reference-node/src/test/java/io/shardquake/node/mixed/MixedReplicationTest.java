package io.shardquake.node.mixed;

import static io.shardquake.node.mixed.Kind.REDIS;
import static io.shardquake.node.mixed.Kind.REFERENCE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Masters and replicas of both kinds, standalone. */
@Tag("redis")
final class MixedReplicationTest {
  private final List<Peer> peers = new ArrayList<>();

  private Peer start(Kind kind, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of("--repl-diskless-sync-delay", "0", "--repl-ping-replica-period", "1"));
    all.addAll(List.of(options));
    Peer peer = Peer.start(kind, all.toArray(String[]::new));
    peers.add(peer);
    return peer;
  }

  @AfterEach
  void stop() {
    peers.forEach(Peer::close);
  }

  @ParameterizedTest
  @CsvSource({
    "REDIS, REFERENCE, yes",
    "REDIS, REFERENCE, no",
    "REFERENCE, REDIS, yes",
    "REFERENCE, REDIS, no",
    "REFERENCE, REFERENCE, yes",
    "REFERENCE, REFERENCE, no"
  })
  void aReplicaGetsTheSnapshotAndTheStream(Kind masterKind, Kind replicaKind, String diskless) {
    Peer master = start(masterKind, "--repl-diskless-sync", diskless);
    SampleData.writeTo(master, "before");
    Peer replica = start(replicaKind);
    replica.follow(master);
    SampleData.writeTo(master, "during");
    replica.awaitCaughtUpWith(master);
    SampleData.writeTo(master, "after");
    replica.awaitCaughtUpWith(master);
    SampleData.assertSame(master, replica);
    assertThat(master.info("slave0")).contains("port=" + replica.port(), "state=online");
    assertThat(replica.ask("SET", "k", "v").text()).startsWith("READONLY ");
    assertThat(master.ask("WAIT", "1", "5000").text()).as("replicas that confirmed").isEqualTo("1");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aChainPassesTheStreamOnByteForByte(Kind ends) {
    Peer master = start(ends);
    Peer middle = start(ends.other());
    Peer last = start(ends);
    middle.follow(master);
    last.follow(middle);
    SampleData.writeTo(master, "one");
    middle.awaitCaughtUpWith(master);
    last.awaitCaughtUpWith(middle);
    SampleData.writeTo(master, "two");
    middle.awaitCaughtUpWith(master);
    last.awaitCaughtUpWith(middle);
    SampleData.assertSame(master, last);
    assertThat(last.info("master_replid")).isEqualTo(master.info("master_replid"));
  }

  @Test
  void aReferenceReplicaResumesAfterItsLinkIsLost() {
    Peer master = start(REDIS);
    Peer replica = start(REFERENCE);
    replica.follow(master);
    replica.awaitCaughtUpWith(master);
    SampleData.writeTo(master, "one");
    master.ask("CLIENT", "KILL", "TYPE", "replica");
    SampleData.writeTo(master, "two");
    replica.awaitCaughtUpWith(master);
    assertThat(master.info("sync_full")).as("full synchronizations").isEqualTo("1");
    assertThat(master.info("sync_partial_ok")).as("partial ones").isNotEqualTo("0");
    SampleData.assertSame(master, replica);
  }

  @Test
  void aRealReplicaResumesFromAReferenceMasterAfterItsLinkIsLost() {
    Peer master = start(REFERENCE);
    Peer replica = start(REDIS);
    replica.follow(master);
    replica.awaitCaughtUpWith(master);
    SampleData.writeTo(master, "one");
    replica.ask("CLIENT", "KILL", "TYPE", "master");
    SampleData.writeTo(master, "two");
    replica.awaitCaughtUpWith(master);
    assertThat(master.info("sync_full")).as("full synchronizations").isEqualTo("1");
    assertThat(master.info("sync_partial_ok")).as("partial ones").isEqualTo("1");
    SampleData.assertSame(master, replica);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void siblingsAndTheOldMasterResumeFromAPromotedReplica(Kind promotedKind) {
    Peer old = start(promotedKind.other());
    Peer promoted = start(promotedKind);
    Peer sibling = start(promotedKind.other());
    promoted.follow(old);
    sibling.follow(old);
    promoted.awaitCaughtUpWith(old);
    sibling.awaitCaughtUpWith(old);
    SampleData.writeTo(old, "one");
    old.ask("FAILOVER", "TO", "127.0.0.1", Integer.toString(promoted.port()));
    Peer.patiently("the roles to be exchanged")
        .until(() -> promoted.info("role").equals("master") && old.info("role").equals("slave"));
    sibling.follow(promoted);
    old.awaitCaughtUpWith(promoted);
    sibling.awaitCaughtUpWith(promoted);
    SampleData.writeTo(promoted, "two");
    old.awaitCaughtUpWith(promoted);
    sibling.awaitCaughtUpWith(promoted);
    assertThat(promoted.info("sync_full")).as("full synchronizations").isEqualTo("0");
    assertThat(promoted.info("sync_partial_ok")).as("partial ones").isEqualTo("2");
    SampleData.assertSame(promoted, old);
    SampleData.assertSame(promoted, sibling);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aPartitionedMastersOwnWritesAreLostWhenItIsMadeAReplica(Kind oldKind) {
    Peer old = start(oldKind);
    Peer promoted = start(oldKind.other());
    promoted.follow(old);
    promoted.awaitCaughtUpWith(old);
    promoted.ask("REPLICAOF", "NO", "ONE");
    SampleData.writeTo(promoted, "theirs");
    old.ask("SET", "own", "write");
    old.follow(promoted);
    old.awaitCaughtUpWith(promoted);
    assertThat(promoted.info("sync_full")).as("full synchronizations").isEqualTo("1");
    SampleData.assertSame(promoted, old);
  }

  @Test
  void aMasterWithoutEnoughReplicasRefusesWrites() {
    Peer master = start(REFERENCE, "--min-replicas-to-write", "1");
    Peer replica = start(REDIS);
    assertThat(master.ask("SET", "k", "v").text())
        .isEqualTo("NOREPLICAS Not enough good replicas to write.");
    replica.follow(master);
    replica.awaitCaughtUpWith(master);
    assertThat(master.ask("SET", "k", "v").text()).isEqualTo("OK");
    assertThat(master.info("min_slaves_good_slaves")).isEqualTo("1");
  }

  @Test
  void aReplicaOfADeadMasterKeepsItsDataAndSaysSo() {
    Peer master = start(REDIS);
    SampleData.writeTo(master, "one");
    Peer replica = start(REFERENCE);
    replica.follow(master);
    replica.awaitCaughtUpWith(master);
    master.kill();
    Peer.patiently("the replica to notice")
        .until(() -> replica.info("master_link_status").equals("down"));
    assertThat(replica.ask("DBSIZE").text()).isNotEqualTo("0");
    assertThat(replica.ask("ROLE").texts().get(3)).isIn("connect", "connecting");
  }
}
