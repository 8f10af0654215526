package io.shardquake.harness.conformance.suite;

import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.harness.conformance.bench.Bench;
import io.shardquake.harness.conformance.bench.ConformanceExtension;
import io.shardquake.harness.conformance.bench.Keeps;
import io.shardquake.harness.conformance.bench.Member;
import io.shardquake.harness.conformance.wire.BusPeer;
import io.shardquake.harness.conformance.wire.BusPeer.Heard;
import io.shardquake.node.core.bus.BusMessage;
import io.shardquake.node.core.bus.MessageType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.ExtendWith;

/** Chapter G: how replicas stand for election. */
@ExtendWith(ConformanceExtension.class)
final class Elections {
  private static final Duration GRAIN = Duration.ofMillis(250);
  private static final Duration LEAST_RETRY = Duration.ofSeconds(4);

  @Keeps({"G02", "G11", "G14"})
  void aCandidateWaitsAndAsksAllMastersInANewEpoch(Bench bench) throws IOException {
    BusPeer peer = bench.memberPeer();
    Member master = bench.master(0);
    Member replica = bench.replicaOf(master);
    String failing = master.id();
    String candidate = replica.id();
    long epoch = bench.greatestEpoch();
    long configEpoch = greatestConfigEpoch(bench);
    bench.breakage().kill(master);
    bench.eventually(
        "a master without slots is asked for its vote, too",
        () -> !peer.heard(MessageType.FAILOVER_AUTH_REQUEST, candidate).isEmpty());
    Heard request = peer.heard(MessageType.FAILOVER_AUTH_REQUEST, candidate).get(0);
    bench.holds(
        request.message().header().currentEpoch() > epoch,
        "in a new epoch, "
            + request.message().header().currentEpoch()
            + ", where the greatest was "
            + epoch);
    bench.kept("G02");
    long failed =
        peer.heard().stream()
            .filter(
                heard ->
                    heard.message() instanceof BusMessage.Fail fail && fail.node().equals(failing))
            .mapToLong(Heard::nanos)
            .findFirst()
            .orElseThrow(() -> bench.notApplicable("the peer did not hear of the failure"));
    long delay = (request.nanos() - failed) / 1_000_000;
    long least = bench.profile().number("election-start-delay-millis");
    bench.holds(
        delay >= least - GRAIN.toMillis(),
        "it was asked " + delay + " ms after the failure was told, at least " + least);
    bench.kept("G11");
    bench.eventually("the candidate wins", replica::isMaster);
    bench.holds(
        replica.myself().configEpoch() > configEpoch,
        "its epoch, " + replica.myself().configEpoch() + ", is greater than all before");
  }

  private static long greatestConfigEpoch(Bench bench) throws IOException {
    long greatest = 0;
    for (Member member : bench.masters()) {
      greatest = Math.max(greatest, member.myself().configEpoch());
    }
    return greatest;
  }

  @Keeps({"G09", "G10"})
  void onlyVotesOfMastersWithSlotsCountAndRetriesAreRare(Bench bench) throws IOException {
    BusPeer one = bench.memberPeer();
    BusPeer two = bench.memberPeer();
    Member master = bench.master(0);
    Member second = bench.master(1);
    Member third = bench.master(2);
    Member replica = bench.replicaOf(master);
    String failing = master.id();
    String candidate = replica.id();
    bench.breakage().kill(master);
    bench.prepare("the replica sees FAIL", () -> replica.flags(failing, NodeFlag.FAIL));
    bench.breakage().pause(second, third);
    if (replica.isMaster()) {
      throw bench.notApplicable("the election was over before the voters could be paused");
    }
    Duration retry = bench.nodeTimeout().multipliedBy(4);
    retry = retry.compareTo(LEAST_RETRY) > 0 ? retry : LEAST_RETRY;
    bench.eventually(
        "the candidate asks a second time",
        retry.multipliedBy(2).plus(Bench.SLACK),
        () -> {
          vote(one, replica, candidate);
          vote(two, replica, candidate);
          return epochs(one, candidate).size() > 1;
        });
    bench.holds(!replica.isMaster(), "votes of two masters without slots do not make it a master");
    bench.breakage().resume(second);
    bench.never(
        "the vote of one of three masters makes it a master",
        retry.plus(Bench.SLACK),
        replica::isMaster);
    bench.kept("G09");
    List<Heard> requests = one.heard(MessageType.FAILOVER_AUTH_REQUEST, candidate);
    long again =
        requests.stream()
            .filter(it -> epoch(it) > epoch(requests.get(0)))
            .findFirst()
            .orElseThrow()
            .nanos();
    long between = (again - requests.get(0).nanos()) / 1_000_000;
    bench.holds(
        between >= retry.minus(GRAIN).toMillis(),
        "it asked again after " + between + " ms, at least " + retry.toMillis());
    bench.breakage().resume(third);
    bench.eventually(
        "with its voters back it is elected",
        retry.multipliedBy(2).plus(Bench.SLACK),
        replica::isMaster);
  }

  private static long epoch(Heard request) {
    return request.message().header().currentEpoch();
  }

  private static SortedSet<Long> epochs(BusPeer peer, String candidate) {
    SortedSet<Long> epochs = new TreeSet<>();
    peer.heard(MessageType.FAILOVER_AUTH_REQUEST, candidate)
        .forEach(request -> epochs.add(epoch(request)));
    return epochs;
  }

  /** Votes in the epoch of the candidate's last request, though it has no slots to vote with. */
  private static void vote(BusPeer peer, Member replica, String candidate) throws IOException {
    SortedSet<Long> asked = epochs(peer, candidate);
    if (!asked.isEmpty()) {
      peer.claim(new BusPeer.Claims(asked.last(), 0, List.of(), "", 0));
      peer.send(
          replica.host(),
          replica.busPort(),
          new BusMessage.Bare(peer.header(MessageType.FAILOVER_AUTH_ACK)));
    }
  }

  /** What the candidates of a contest have in common. */
  static List<Integer> slotsOf(Member master) throws IOException {
    List<Integer> slots = new ArrayList<>();
    NodeView self = master.myself();
    self.slots()
        .forEach(
            range -> {
              for (int slot = range.first(); slot <= range.last(); slot++) {
                slots.add(slot);
              }
            });
    return slots;
  }
}
