package io.shardquake.harness.conformance.suite;

import io.shardquake.checkers.topology.ClusterInfo;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.faults.network.Imposition;
import io.shardquake.faults.network.Plane;
import io.shardquake.harness.conformance.bench.Bench;
import io.shardquake.harness.conformance.bench.ConformanceExtension;
import io.shardquake.harness.conformance.bench.Keeps;
import io.shardquake.harness.conformance.bench.Member;
import io.shardquake.harness.conformance.bench.Stage;
import io.shardquake.harness.conformance.suite.Writers.Write;
import io.shardquake.harness.conformance.wire.Reply;
import io.shardquake.harness.target.ClusterOptions.Wiring;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;

/** Chapters F, G, I, J and K: what holds where nodes no longer hear each other. */
@ExtendWith(ConformanceExtension.class)
@Stage(wiring = Wiring.PROXIED)
final class Partitions {
  private static final Duration MANUAL_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration LAG = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(12);

  @Keeps({"F03", "I08", "F02"})
  void aSuspicionAloneChangesNothing(Bench bench) throws IOException {
    Member suspected = bench.master(0);
    Member observer = bench.master(1);
    Member third = bench.master(2);
    Member replica = bench.replicaOf(suspected);
    String id = suspected.id();
    int slots = suspected.myself().slotCount();
    long epoch = bench.greatestEpoch();
    bench.breakage().separate(observer, suspected, Plane.BUS);
    bench.prepare(
        "the observer suspects the other",
        () -> observer.flags(id, NodeFlag.PFAIL) || observer.flags(id, NodeFlag.FAIL));
    bench.never(
        "one suspicion of three makes a failure",
        bench.nodeTimeout().multipliedBy(3),
        () -> observer.flags(id, NodeFlag.FAIL) || third.flags(id, NodeFlag.FAIL));
    bench.kept("F03");
    ClusterInfo info = observer.view().info();
    bench.holds(
        info.slotsPfail() == slots && info.slotsFail() == 0 && info.ok(),
        "slots of a suspected node are counted as such (" + info.slotsPfail() + "), and served");
    bench.kept("I08");
    bench.holds(
        !replica.isMaster() && bench.greatestEpoch() == epoch && suspected.isMaster(),
        "nobody was elected, no epoch begun");
  }

  @Keeps("G01")
  void areplicaThatLagsTooFarDoesNotStand(Bench bench) throws IOException {
    Member master = bench.master(0);
    Member replica = bench.replicaOf(master);
    bench.configureAll("repl-ping-replica-period", "1");
    bench.configure(replica, "cluster-replica-validity-factor", "1");
    bench.breakage().separate(master, replica, Plane.REPLICATION);
    bench.pass(bench.nodeTimeout().multipliedBy(2).plusMillis(2500));
    String id = master.id();
    bench.breakage().kill(master);
    bench.prepare("the replica sees FAIL", () -> replica.flags(id, NodeFlag.FAIL));
    bench.never(
        "a replica whose data is older than its factor allows takes over",
        bench.nodeTimeout().multipliedBy(2),
        replica::isMaster);
    replica.must("CONFIG", "SET", "cluster-replica-validity-factor", "0");
    bench.eventually("without a limit it takes over", replica::isMaster);
  }

  @Keeps("G15")
  void aMinorityElectsNobody(Bench bench) throws IOException {
    Member one = bench.replicaOf(bench.master(1));
    Member two = bench.replicaOf(bench.master(2));
    bench.breakage().isolate(bench.master(0), one, two);
    bench.never(
        "a replica with a minority of the masters takes over",
        bench.nodeTimeout().multipliedBy(4),
        () -> one.isMaster() || two.isMaster());
  }

  @Keeps({"I04", "J03"})
  void aMinorityStopsTakingWrites(Bench bench) throws Exception {
    Member minority = bench.master(0);
    Member heir = bench.replicaOf(minority);
    String key = bench.keyOf(minority, "minority");
    try (Writers writers = Writers.start(bench, List.of(key))) {
      bench.prepare("the load is served", () -> writers.allServedSince(0));
      Imposition cut = bench.breakage().isolate(minority);
      long begun = System.nanoTime();
      bench.prepare("the majority has another master", heir::isMaster);
      bench.eventually("the minority is down", () -> !minority.view().info().ok());
      Duration last = lastBy(writers.acknowledged(key), minority, begun);
      Duration bound = bench.nodeTimeout().plus(Bench.SLACK);
      bench.holds(
          last.compareTo(bound) <= 0,
          "the minority took its last write " + last.toMillis() + " ms after the cut");
      bench.kept("I04");
      bench.breakage().lift(cut);
      String id = heir.id();
      bench.prepare(
          "the old master follows the new one",
          () -> minority.myself().master().filter(id::equals).isPresent());
      long healed = System.nanoTime();
      bench.prepare("the load is served again", () -> writers.allServedSince(healed));
      writers.stop();
      Reply list = bench.ownerOf(key).look("LRANGE", key, "0", "-1");
      List<Write> lost = Writers.lost(writers.acknowledged(key), list);
      bench.note(lost.size() + " of " + writers.total() + " acknowledged writes are lost");
      for (Write write : lost) {
        Duration after = Duration.ofNanos(write.acknowledged() - begun);
        boolean allowed =
            write.by() == minority
                && after.compareTo(bound) <= 0
                && after.compareTo(LAG.negated()) >= 0;
        if (!allowed) {
          bench.holds(
              false, "a write lost was acknowledged in the window: " + write + ", " + after);
        }
      }
      bench.holds(true, "all lost writes were acknowledged by the minority within the window");
    }
  }

  private static Duration lastBy(List<Write> writes, Member by, long since) {
    return Duration.ofNanos(
        writes.stream()
            .filter(write -> write.by() == by)
            .mapToLong(write -> write.acknowledged() - since)
            .max()
            .orElse(0));
  }

  @Keeps("J02")
  void aShortPartitionLosesNothing(Bench bench) throws Exception {
    Member master = bench.master(0);
    Member replica = bench.replicaOf(master);
    List<String> keys = new ArrayList<>();
    for (Member each : bench.masters()) {
      keys.add(bench.keyOf(each, "short"));
    }
    try (Writers writers = Writers.start(bench, keys)) {
      bench.prepare("the load is served", () -> writers.allServedSince(0));
      Imposition cut = bench.breakage().isolate(master);
      bench.pass(bench.nodeTimeout().dividedBy(3));
      bench.breakage().lift(cut);
      long healed = System.nanoTime();
      bench.prepare("the load is served", () -> writers.allServedSince(healed));
      writers.stop();
      bench.holds(!replica.isMaster(), "nobody took over");
      for (String key : keys) {
        Reply list = bench.ownerOf(key).look("LRANGE", key, "0", "-1");
        bench.holds(
            Writers.lost(writers.acknowledged(key), list).isEmpty(),
            key + " has all " + writers.acknowledged(key).size() + " acknowledged writes");
      }
    }
  }

  @Keeps("K03")
  void aManualFailoverThatCannotEndIsGivenUp(Bench bench) throws Exception {
    Member master = bench.master(0);
    Member replica = bench.replicaOf(master);
    String key = bench.keyOf(master, "manual");
    bench.breakage().separate(master, replica, Plane.REPLICATION);
    for (int i = 0; i < 50; i++) {
      master.must("SET", key, "before" + i);
    }
    bench.holds(replica.ask("CLUSTER", "FAILOVER").is("OK"), "the failover is scheduled");
    bench.never("the replica takes over", MANUAL_TIMEOUT.plusSeconds(1), replica::isMaster);
    bench.eventually(
        "the master serves writes again", ANSWER, () -> master.look("SET", key, "after").is("OK"));
    bench.holds(master.isMaster(), "it is still the master");
  }

  @Keeps("K05")
  void forceNeedsAMajorityButNoMaster(Bench bench) throws IOException {
    Member minority = bench.master(0);
    Member cutOff = bench.replicaOf(bench.master(1));
    Imposition cut = bench.breakage().isolate(minority, cutOff);
    bench.holds(cutOff.ask("CLUSTER", "FAILOVER", "FORCE").isFine(), "FORCE is taken");
    bench.never(
        "a replica in a minority takes over",
        bench.nodeTimeout().multipliedBy(2),
        cutOff::isMaster);
    bench.breakage().lift(cut);
    // The order may still be carried out now: it lasts five seconds.
    bench.prepare(
        "there are three masters again, and each has its replica",
        () -> {
          for (Member master : bench.masters()) {
            if (!master.view().info().ok() || bench.replicasOf(master).size() != 1) {
              return false;
            }
          }
          return bench.masters().size() == 3;
        });
    Member master = bench.master(2);
    Member replica = bench.replicaOf(master);
    bench.breakage().kill(master);
    bench.eventually(
        "with the majority a replica takes over, though its master is down",
        () -> replica.look("CLUSTER", "FAILOVER", "FORCE").isFine() || replica.isMaster());
    bench.eventually("it is the master", replica::isMaster);
  }
}
