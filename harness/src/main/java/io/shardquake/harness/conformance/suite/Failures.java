package io.shardquake.harness.conformance.suite;

import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.harness.conformance.bench.Bench;
import io.shardquake.harness.conformance.bench.ConformanceExtension;
import io.shardquake.harness.conformance.bench.Keeps;
import io.shardquake.harness.conformance.bench.Member;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;

/** Chapter F: who is taken for dead, and when. */
@ExtendWith(ConformanceExtension.class)
final class Failures {
  /** A ping may have been on its way when the clock was read. */
  private static final Duration GRAIN = Duration.ofMillis(300);

  private static final Duration ROUND_TRIP = Duration.ofSeconds(1);

  static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  /** Whether all of these take it for dead. */
  static boolean allSee(List<Member> observers, String id, NodeFlag flag) throws IOException {
    for (Member observer : observers) {
      if (!observer.flags(id, flag)) {
        return false;
      }
    }
    return true;
  }

  @Keeps("F01")
  void nobodyIsSuspectedBeforeTheNodeTimeout(Bench bench) throws IOException {
    Member observer = bench.master(0);
    Member silent = bench.replicaOf(bench.master(1));
    Member answering = bench.replicaOf(bench.master(2));
    String id = silent.id();
    String other = answering.id();
    long paused = System.nanoTime();
    bench.breakage().pause(silent);
    bench.prepare(
        "the observer suspects the silent node",
        () -> observer.flags(id, NodeFlag.PFAIL) || observer.flags(id, NodeFlag.FAIL));
    Duration after = since(paused);
    bench.holds(
        after.compareTo(bench.nodeTimeout().minus(GRAIN)) >= 0,
        "it was suspected after " + after.toMillis() + " ms, not before the node timeout");
    bench.holds(
        !observer.flags(other, NodeFlag.PFAIL) && !observer.flags(other, NodeFlag.FAIL),
        "a node that answers is not suspected");
  }

  @Keeps({"F04", "F06"})
  void allLearnOfAFailureAtOnce(Bench bench) throws IOException {
    Member dead = bench.replicaOf(bench.master(1));
    List<Member> observers = bench.others(dead);
    String id = dead.id();
    bench.breakage().kill(dead);
    bench.prepare(
        "the first says FAIL",
        () -> {
          for (Member observer : observers) {
            if (observer.flags(id, NodeFlag.FAIL)) {
              return true;
            }
          }
          return false;
        });
    bench.eventually(
        "all others say FAIL",
        ROUND_TRIP.plus(Bench.SLACK),
        () -> allSee(observers, id, NodeFlag.FAIL));
    bench.kept("F04");
    bench.never(
        "a node says otherwise while it is dead",
        bench.nodeTimeout(),
        () -> !allSee(observers, id, NodeFlag.FAIL));
  }

  @Keeps("F05")
  void failIsNotTakenBackTooEarly(Bench bench) throws IOException {
    Member observer = bench.master(1);
    Member replica = bench.replicaOf(bench.master(2));
    String replicaId = replica.id();
    bench.breakage().kill(replica);
    bench.prepare("a dead replica is FAIL", () -> observer.flags(replicaId, NodeFlag.FAIL));
    bench.breakage().start(replica);
    bench.eventually(
        "a replica that is back is not FAIL",
        bench.nodeTimeout().plus(Bench.SLACK),
        () -> !observer.flags(replicaId, NodeFlag.FAIL));

    Member master = bench.master(0);
    String id = master.id();
    bench.configure(bench.replicaOf(master), "cluster-replica-no-failover", "yes");
    bench.breakage().kill(master);
    bench.prepare("a dead master is FAIL", () -> observer.flags(id, NodeFlag.FAIL));
    long failed = System.nanoTime();
    bench.breakage().start(master);
    bench.eventually(
        "a master that is back, and was not replaced, is not FAIL in the end",
        bench.nodeTimeout().multipliedBy(3).plus(Bench.SLACK),
        () -> !observer.flags(id, NodeFlag.FAIL));
    Duration after = since(failed);
    bench.holds(
        after.compareTo(bench.nodeTimeout().multipliedBy(2).minus(GRAIN)) >= 0,
        "that was taken back after " + after.toMillis() + " ms, not before twice the node timeout");
  }

  @Keeps("F07")
  void aShortPauseIsNoFailure(Bench bench) throws IOException {
    Member master = bench.master(0);
    Member replica = bench.replicaOf(master);
    String id = master.id();
    long epoch = bench.greatestEpoch();
    bench.breakage().pause(master);
    bench.pass(bench.nodeTimeout().dividedBy(2));
    bench.breakage().resume(master);
    bench.never(
        "somebody says FAIL, or takes over",
        bench.nodeTimeout(),
        () ->
            replica.flags(id, NodeFlag.FAIL)
                || replica.isMaster()
                || bench.master(1).flags(id, NodeFlag.FAIL));
    bench.holds(bench.greatestEpoch() == epoch, "no epoch was begun");
  }
}
