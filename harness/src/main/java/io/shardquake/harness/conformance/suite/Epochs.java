package io.shardquake.harness.conformance.suite;

import io.shardquake.checkers.topology.NodeView;
import io.shardquake.harness.conformance.bench.Bench;
import io.shardquake.harness.conformance.bench.ConformanceExtension;
import io.shardquake.harness.conformance.bench.Keeps;
import io.shardquake.harness.conformance.bench.Member;
import io.shardquake.harness.conformance.bench.Stage;
import io.shardquake.harness.conformance.wire.BusPeer;
import io.shardquake.node.core.bus.MessageType;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;

/** Chapter H: epochs, and how the configuration spreads. */
@ExtendWith(ConformanceExtension.class)
final class Epochs {
  private static final Duration A_WHILE = Duration.ofSeconds(2);
  private static final int AHEAD = 100;

  @Keeps("H01")
  @Stage(ruined = true)
  void aNewNodeBeginsAtZero(Bench bench) throws IOException {
    Member node = bench.replicaOf(bench.master(0));
    node.must("CLUSTER", "RESET", "HARD");
    node.showView();
    bench.holds(
        node.view().info().currentEpoch() == 0 && node.view().info().myEpoch() == 0,
        "a node without a past has epochs 0 and 0");
  }

  @Keeps({"H02", "H03"})
  @Stage(ruined = true)
  void epochsOnlyGrowAndAreOnDisk(Bench bench) throws IOException {
    BusPeer peer = bench.memberPeer();
    Member node = bench.master(1);
    bench.configure(bench.replicaOf(node), "cluster-replica-no-failover", "yes");
    long seen = bench.greatestEpoch() + AHEAD;
    peer.claim(new BusPeer.Claims(seen, 0, List.of(), "", 0));
    peer.heartbeat(node.host(), node.busPort(), MessageType.PING, List.of());
    bench.eventually(
        "a greater epoch is taken over", () -> node.view().info().currentEpoch() >= seen);
    bench.breakage().kill(node);
    bench.breakage().start(node);
    // What was only heard of need not be on disk yet; peers have heard of it as well.
    bench.eventually(
        "kill -9 right after does not make it less",
        () -> node.view().info().currentEpoch() >= seen);
    bench.kept("H02");
    bench.holds(node.ask("CLUSTER", "BUMPEPOCH").text().startsWith("BUMPED"), "BUMPEPOCH bumps");
    long bumped = node.myself().configEpoch();
    bench.breakage().kill(node);
    bench.breakage().start(node);
    bench.holds(
        node.myself().configEpoch() >= bumped,
        "a config epoch that was told is kept over kill -9: " + bumped);
  }

  @Keeps({"H04", "H05", "H06"})
  @Stage(ruined = true)
  void slotsGoToTheGreatestEpoch(Bench bench) throws IOException {
    BusPeer peer = named(bench, "f".repeat(40));
    Member owner = bench.master(0);
    int free = bench.slotOf(owner);
    int owned = bench.slotOf(bench.master(1));
    for (Member member : bench.members()) {
      member.ask("CLUSTER", "DELSLOTS", Integer.toString(free));
    }
    claim(bench, peer, 0, List.of(free));
    bench.eventually(
        "a slot without owner goes to who claims it", () -> allSee(bench, peer.id(), free));
    bench.kept("H04");
    claim(bench, peer, 0, List.of(free, owned));
    bench.never(
        "a slot goes to a claim with a lesser epoch",
        A_WHILE,
        () -> bench.master(1).sees(peer.id()).filter(node -> node.owns(owned)).isPresent());
    claim(bench, peer, bench.master(1).myself().configEpoch(), List.of(free, owned));
    bench.never(
        "a slot goes to a claim with the same epoch",
        A_WHILE,
        () -> bench.master(2).sees(peer.id()).filter(node -> node.owns(owned)).isPresent());
    claim(bench, peer, bench.greatestEpoch() + 1, List.of(free, owned));
    bench.eventually(
        "a slot goes to a claim with a greater epoch",
        () -> bench.master(2).sees(peer.id()).filter(node -> node.owns(owned)).isPresent());
    bench.kept("H05");
    bench.eventually(
        "all agree on the owner with the greatest epoch", () -> allSee(bench, peer.id(), owned));
  }

  private static void claim(Bench bench, BusPeer peer, long epoch, List<Integer> slots)
      throws IOException {
    peer.claim(new BusPeer.Claims(Math.max(epoch, bench.greatestEpoch()), epoch, slots, "", 0));
    for (Member member : bench.members()) {
      peer.heartbeat(member.host(), member.busPort(), MessageType.PING, List.of());
    }
  }

  private static boolean allSee(Bench bench, String owner, int slot) throws IOException {
    for (Member member : bench.members()) {
      List<NodeView> owners =
          member.view().nodes().stream().filter(node -> node.owns(slot)).toList();
      if (owners.size() != 1 || !owners.get(0).id().equals(owner)) {
        return false;
      }
    }
    return true;
  }

  @Keeps("H08")
  @Stage(ruined = true)
  void ofTwoWithOneEpochTheLesserNameMoves(Bench bench) throws IOException {
    Member node = bench.master(0);
    BusPeer lesser = named(bench, "0".repeat(40));
    long before = node.myself().configEpoch();
    collide(lesser, node, before);
    bench.never(
        "the node with the greater name moves",
        A_WHILE,
        () -> node.myself().configEpoch() != before);
    lesser.claim(new BusPeer.Claims(0, 0, List.of(), "", 0));
    BusPeer greater = named(bench, "f".repeat(40));
    long collided = node.myself().configEpoch();
    collide(greater, node, collided);
    bench.eventually(
        "the node with the lesser name takes another epoch",
        () -> node.myself().configEpoch() > collided);
  }

  private static BusPeer named(Bench bench, String id) throws IOException {
    BusPeer peer = BusPeer.start(InetAddress.getLoopbackAddress(), 0, id, bench::note);
    bench.later(peer::close);
    bench.join(peer);
    return peer;
  }

  private static void collide(BusPeer peer, Member node, long epoch) throws IOException {
    peer.claim(new BusPeer.Claims(epoch, epoch, List.of(), "", 0));
    peer.heartbeat(node.host(), node.busPort(), MessageType.PING, List.of());
  }

  @Keeps("H09")
  @Stage(ruined = true)
  void anEpochIsSetOnAFreshNodeOnly(Bench bench) throws IOException {
    Member member = bench.replicaOf(bench.master(0));
    bench.holds(
        member.ask("CLUSTER", "SET-CONFIG-EPOCH", "7").error().isPresent(),
        "a member refuses SET-CONFIG-EPOCH");
    member.must("CLUSTER", "RESET", "HARD");
    bench.holds(member.ask("CLUSTER", "SET-CONFIG-EPOCH", "7").is("OK"), "a fresh node takes it");
    bench.holds(member.view().info().myEpoch() == 7, "and has it");
    bench.holds(
        member.ask("CLUSTER", "SET-CONFIG-EPOCH", "8").error().isPresent(),
        "a node that has an epoch refuses");
  }
}
