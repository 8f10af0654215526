package io.shardquake.harness.conformance.suite;

import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.harness.conformance.bench.Bench;
import io.shardquake.harness.conformance.bench.ConformanceExtension;
import io.shardquake.harness.conformance.bench.Keeps;
import io.shardquake.harness.conformance.bench.Member;
import io.shardquake.harness.conformance.bench.Stage;
import io.shardquake.harness.conformance.wire.BusPeer;
import io.shardquake.node.core.bus.MessageType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;

/** Chapter G: for whom masters vote, asked by peers that pretend to be replicas. */
@ExtendWith(ConformanceExtension.class)
@Stage(ruined = true)
final class Votes {
  private static final Duration SILENCE = Duration.ofMillis(1200);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** A peer that pretends to replicate a master. */
  private record Candidate(
      Bench bench, BusPeer peer, String master, List<Integer> slots, long configEpoch) {

    static Candidate of(Bench bench, Member master) throws IOException {
      Candidate candidate =
          new Candidate(
              bench,
              bench.memberPeer(),
              master.id(),
              Elections.slotsOf(master),
              master.myself().configEpoch());
      candidate.stand(0);
      return candidate;
    }

    /** Says in which epoch it stands. */
    void stand(long epoch) {
      stand(epoch, configEpoch);
    }

    void stand(long epoch, long claimed) {
      peer.claim(new BusPeer.Claims(epoch, claimed, slots, master, 0));
    }

    /** Lets a node take it for a replica of its master. */
    void introduce(Member voter) throws IOException {
      peer.heartbeat(voter.host(), voter.busPort(), MessageType.PING, List.of());
      bench.prepare(
          voter + " takes the peer for a replica",
          () ->
              voter
                  .sees(peer.id())
                  .flatMap(node -> node.master())
                  .filter(master::equals)
                  .isPresent());
    }

    void ask(Member voter, boolean force) throws IOException {
      peer.requestVote(voter.host(), voter.busPort(), force);
    }

    private int votes(String voter) {
      return peer.heard(MessageType.FAILOVER_AUTH_ACK, voter).size();
    }

    void wins(Member voter, boolean force, String why) throws IOException {
      String id = voter.id();
      int before = votes(id);
      ask(voter, force);
      bench.eventually(voter + " votes: " + why, ANSWER, () -> votes(id) > before);
    }

    void loses(Member voter, boolean force, String why) throws IOException {
      String id = voter.id();
      int before = votes(id);
      ask(voter, force);
      bench.never(voter + " votes: " + why, SILENCE, () -> votes(id) > before);
    }
  }

  @Keeps("G03")
  void oneVoteAnEpochAlsoOverACrash(Bench bench) throws IOException {
    Member voter = bench.master(1);
    bench.configure(bench.replicaOf(voter), "cluster-replica-no-failover", "yes");
    Candidate one = Candidate.of(bench, bench.master(0));
    Candidate other = Candidate.of(bench, bench.master(2));
    one.introduce(voter);
    other.introduce(voter);
    long epoch = bench.greatestEpoch() + 1;
    one.stand(epoch);
    other.stand(epoch);
    one.wins(voter, true, "the first of its epoch");
    bench.breakage().kill(voter);
    bench.breakage().start(voter);
    other.introduce(voter);
    other.loses(voter, true, "another in the same epoch, after a crash right after the vote");
    other.stand(epoch + 1);
    other.wins(voter, true, "the same in the next epoch");
  }

  @Keeps({"G05", "G04", "G07"})
  void noVoteWithoutGoodReason(Bench bench) throws IOException {
    Member voter = bench.master(1);
    Candidate candidate = Candidate.of(bench, bench.master(0));
    candidate.introduce(voter);
    long epoch = bench.greatestEpoch() + 1;
    candidate.stand(epoch);
    candidate.loses(voter, false, "its master is not failing");
    bench.kept("G05");
    candidate.stand(epoch - 1);
    candidate.loses(voter, true, "the epoch of its request is over");
    bench.kept("G04");
    candidate.stand(epoch + 1, 0);
    candidate.loses(voter, true, "its slots have an owner with a greater epoch");
    candidate.stand(epoch + 2);
    candidate.wins(voter, true, "nothing stands against it");
  }

  @Keeps("G06")
  void noTwoVotesForOneMastersReplicasWithinTwiceTheTimeout(Bench bench) throws IOException {
    Member failing = bench.master(0);
    Member voter = bench.master(1);
    Member replica = bench.replicaOf(failing);
    Candidate one = Candidate.of(bench, failing);
    Candidate other = Candidate.of(bench, failing);
    one.introduce(voter);
    other.introduce(voter);
    String id = failing.id();
    bench.breakage().kill(failing, replica);
    bench.prepare("the voter sees FAIL", () -> voter.flags(id, NodeFlag.FAIL));
    long epoch = voter.view().info().currentEpoch() + 1;
    one.stand(epoch);
    other.stand(epoch + 1);
    one.wins(voter, false, "its master is FAIL");
    long voted = System.nanoTime();
    other.loses(voter, false, "a replica of the same master had its vote just now");
    Duration rest = bench.nodeTimeout().multipliedBy(2).minus(Failures.since(voted));
    bench.pass(rest.isNegative() ? Duration.ZERO : rest.plusMillis(200));
    other.stand(epoch + 2);
    other.wins(voter, false, "twice the node timeout has passed");
  }

  @Keeps("G08")
  void replicasAndMastersWithoutSlotsDoNotVote(Bench bench) throws IOException {
    Member voter = bench.master(1);
    Member replica = bench.replicaOf(bench.master(1));
    Member slotless = bench.replicaOf(bench.master(2));
    slotless.must("CLUSTER", "RESET", "SOFT");
    Membership.meet(voter, slotless);
    String id = slotless.id();
    bench.prepare(
        "a master without slots is a member",
        () ->
            slotless.view().nodes().size() == bench.members().size() && voter.sees(id).isPresent());
    Candidate candidate = Candidate.of(bench, bench.master(0));
    for (Member member : List.of(voter, replica, slotless)) {
      candidate.introduce(member);
    }
    candidate.stand(bench.greatestEpoch() + 1);
    candidate.loses(replica, true, "replicas do not");
    candidate.loses(slotless, true, "masters without slots do not");
    candidate.wins(voter, true, "a master with slots does");
  }
}
