package io.shardquake.harness.conformance.suite;

import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.harness.conformance.bench.Bench;
import io.shardquake.harness.conformance.bench.ConformanceExtension;
import io.shardquake.harness.conformance.bench.Keeps;
import io.shardquake.harness.conformance.bench.Member;
import io.shardquake.harness.conformance.bench.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;

/** Chapters K and L: failovers on demand, and replicas that move. */
@ExtendWith(ConformanceExtension.class)
final class ManualFailover {
  private static final Duration MIGRATION = Duration.ofSeconds(8);

  @Keeps("K01")
  void onlyReplicasOfMastersAtHandTakeOver(Bench bench) throws IOException {
    Member master = bench.master(0);
    Member replica = bench.replicaOf(master);
    bench.holds(
        master.ask("CLUSTER", "FAILOVER").error().isPresent(), "a master refuses to take over");
    bench.holds(replica.ask("CLUSTER", "FAILOVER").is("OK"), "a replica takes the order");
    bench.eventually("it takes over after it has answered", replica::isMaster);
    String id = replica.id();
    bench.prepare(
        "the old master follows, and is in step",
        () ->
            master.myself().master().filter(id::equals).isPresent()
                && master.info("replication", "master_link_status").equals("up"));
    bench.configure(master, "cluster-replica-no-failover", "yes");
    bench.breakage().kill(replica);
    bench.prepare("its master is FAIL for the replica", () -> master.flags(id, NodeFlag.FAIL));
    bench.holds(
        master.ask("CLUSTER", "FAILOVER").error().isPresent(),
        "a replica whose master is gone refuses without FORCE");
  }

  @Keeps({"K06", "K07"})
  void takeoverNeedsNobodyAndCollisionsHeal(Bench bench) throws IOException {
    Member first = bench.master(0);
    Member second = bench.master(1);
    Member third = bench.master(2);
    Member zero = bench.replicaOf(first);
    Member one = bench.replicaOf(second);
    Member two = bench.replicaOf(third);
    long epoch = bench.greatestEpoch();
    int slots = first.myself().slotCount();
    bench.breakage().kill(second, third);
    bench.prepare("the majority is lost", () -> !first.view().info().ok());
    bench.holds(zero.ask("CLUSTER", "FAILOVER", "TAKEOVER").is("OK"), "TAKEOVER is taken");
    bench.eventually(
        "it owns its master's slots", () -> zero.isMaster() && zero.myself().slotCount() == slots);
    bench.holds(zero.myself().configEpoch() > epoch, "by a new epoch");
    bench.kept("K06");
    one.must("CLUSTER", "FAILOVER", "TAKEOVER");
    two.must("CLUSTER", "FAILOVER", "TAKEOVER");
    bench.breakage().start(second, third);
    bench.eventually(
        "all agree on one master for each slot, each with an epoch of its own",
        Duration.ofSeconds(40),
        () -> agree(bench));
  }

  private static boolean agree(Bench bench) throws IOException {
    Set<String> beliefs = new HashSet<>();
    for (Member member : bench.members()) {
      Set<Long> epochs = new HashSet<>();
      List<NodeView> owners =
          member.view().nodes().stream().filter(node -> node.slotCount() > 0).toList();
      owners.forEach(owner -> epochs.add(owner.configEpoch()));
      int slots = owners.stream().mapToInt(NodeView::slotCount).sum();
      if (epochs.size() != owners.size() || slots != SlotRange.SLOTS) {
        return false;
      }
      beliefs.add(
          owners.stream().map(owner -> owner.id() + owner.slots()).sorted().toList().toString());
    }
    return beliefs.size() == 1;
  }

  @Keeps("K08")
  void aReplicaToldNotToStandsOnlyOnDemand(Bench bench) throws IOException {
    Member master = bench.master(0);
    Member replica = bench.replicaOf(master);
    bench.configure(replica, "cluster-replica-no-failover", "yes");
    String id = master.id();
    bench.breakage().kill(master);
    bench.prepare("the replica sees FAIL", () -> replica.flags(id, NodeFlag.FAIL));
    bench.never("it takes over by itself", bench.nodeTimeout().multipliedBy(2), replica::isMaster);
    bench.holds(replica.ask("CLUSTER", "FAILOVER", "FORCE").is("OK"), "the order is taken");
    bench.eventually("it takes over on demand", replica::isMaster);
  }

  @Keeps({"L02", "L03", "L01"})
  @Stage(ruined = true)
  void orphansGetAReplicaFromWhoHasMost(Bench bench) throws IOException {
    Member orphan = bench.master(1);
    Member rich = bench.master(2);
    Member moved = bench.replicaOf(bench.master(0));
    Member gone = bench.replicaOf(orphan);
    Member own = bench.replicaOf(rich);
    bench.configureAll("cluster-migration-barrier", "2");
    String richId = rich.id();
    moved.must("CLUSTER", "REPLICATE", richId);
    bench.prepare(
        "two replicas are in step",
        () ->
            bench.replicasOf(rich).size() == 2
                && moved.info("replication", "master_link_status").equals("up"));
    String goneId = gone.id();
    bench.breakage().kill(gone);
    bench.prepare("the last replica is FAIL", () -> moved.flags(goneId, NodeFlag.FAIL));
    Check stays = () -> follows(moved, richId) && follows(own, richId);
    bench.never(
        "a donor is left with fewer replicas than the barrier", MIGRATION, () -> !stays.holds());
    bench.kept("L02");
    List<Member> donors = List.of(moved, own);
    if (moved.ask("CONFIG", "GET", "cluster-allow-replica-migration").elements().isEmpty()) {
      bench.skip("L03", "there is no cluster-allow-replica-migration");
    } else {
      set(bench, donors, "cluster-allow-replica-migration", "no");
      set(bench, donors, "cluster-migration-barrier", "1");
      bench.never("a replica told to stay moves", MIGRATION, () -> !stays.holds());
      bench.kept("L03");
      set(bench, donors, "cluster-allow-replica-migration", "yes");
    }
    set(bench, donors, "cluster-migration-barrier", "1");
    String orphanId = orphan.id();
    Member least = moved.id().compareTo(own.id()) < 0 ? moved : own;
    bench.eventually(
        "the replica with the least name moves to the orphan",
        MIGRATION.multipliedBy(2),
        () -> follows(least, orphanId));
    bench.holds(follows(least == moved ? own : moved, richId), "the other stays");
  }

  private interface Check {
    boolean holds() throws IOException;
  }

  private static void set(Bench bench, List<Member> members, String directive, String value)
      throws IOException {
    for (Member member : members) {
      bench.configure(member, directive, value);
    }
  }

  private static boolean follows(Member replica, String master) throws IOException {
    return replica.myself().master().filter(master::equals).isPresent();
  }
}
