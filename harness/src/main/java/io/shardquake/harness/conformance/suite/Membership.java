package io.shardquake.harness.conformance.suite;

import io.shardquake.checkers.topology.NodeView;
import io.shardquake.harness.conformance.bench.Bench;
import io.shardquake.harness.conformance.bench.ConformanceExtension;
import io.shardquake.harness.conformance.bench.Keeps;
import io.shardquake.harness.conformance.bench.Member;
import io.shardquake.harness.conformance.bench.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.ExtendWith;

/** Chapter E: who belongs to the cluster. */
@ExtendWith(ConformanceExtension.class)
final class Membership {
  /** A node is not taken back for this long after CLUSTER FORGET. */
  private static final Duration BAN = Duration.ofSeconds(60);

  private static final Duration GOSSIP = Duration.ofSeconds(8);

  @Keeps("E02")
  @Stage(ruined = true)
  void aChainOfMeetingsBecomesAFullMesh(Bench bench) throws IOException {
    List<Member> members = bench.members();
    scatter(bench);
    for (int i = 0; i + 1 < members.size(); i++) {
      meet(members.get(i), members.get(i + 1));
    }
    bench.eventually(
        "every node knows every other, and is linked to it",
        Duration.ofSeconds(40),
        () -> isFullMesh(members));
    for (Member member : members) {
      String links = member.info("stats", "cluster_connections");
      bench.note(member + " says cluster_connections:" + links);
    }
  }

  static void meet(Member one, Member other) throws IOException {
    one.must(
        "CLUSTER",
        "MEET",
        other.host(),
        Integer.toString(other.port()),
        Integer.toString(other.busPort()));
  }

  /** Makes strangers of all nodes. */
  static void scatter(Bench bench) throws IOException {
    for (Member master : bench.masters()) {
      master.must("FLUSHALL");
    }
    for (Member member : bench.members()) {
      member.must("CLUSTER", "RESET", "HARD");
    }
    bench.prepare(
        "every node is alone",
        () -> {
          for (Member member : bench.members()) {
            if (member.view().nodes().size() != 1) {
              return false;
            }
          }
          return true;
        });
  }

  private static boolean isFullMesh(List<Member> members) throws IOException {
    for (Member member : members) {
      List<NodeView> nodes = member.view().nodes();
      if (nodes.size() != members.size() || !nodes.stream().allMatch(NodeView::linked)) {
        return false;
      }
    }
    return true;
  }

  @Keeps("E05")
  void identifiersLast(Bench bench) throws IOException {
    SortedSet<String> ids = new TreeSet<>();
    for (Member member : bench.members()) {
      String id = member.ask("CLUSTER", "MYID").text();
      bench.holds(id.matches("[0-9a-f]{40}"), member + "'s identifier has 40 hexadecimal digits");
      ids.add(id);
    }
    bench.holds(ids.size() == bench.members().size(), "all identifiers differ");
    Member replica = bench.replicaOf(bench.master(0));
    String before = replica.id();
    bench.breakage().stop(replica);
    bench.breakage().start(replica);
    bench.holds(
        replica.ask("CLUSTER", "MYID").is(before), "a restart does not change the identifier");
  }

  @Keeps("E13")
  @Stage(ruined = true)
  void whoIsForgottenStaysAway(Bench bench) throws IOException {
    Member one = bench.master(0);
    Member replica = bench.replicaOf(one);
    Member forgotten = bench.replicaOf(bench.master(1));
    String id = forgotten.id();
    bench.holds(
        one.ask("CLUSTER", "FORGET", one.id()).error().isPresent(),
        "a node does not forget itself");
    bench.holds(
        replica.ask("CLUSTER", "FORGET", one.id()).error().isPresent(),
        "a replica does not forget its master");
    bench.holds(one.ask("CLUSTER", "FORGET", id).is("OK"), "CLUSTER FORGET of another succeeds");
    bench.holds(one.sees(id).isEmpty(), "it is forgotten at once");
    bench.never("gossip of the others brings it back", GOSSIP, () -> one.sees(id).isPresent());
  }

  @Keeps("E14")
  @Stage(ruined = true)
  void whoIsForgottenByAllDoesNotComeBack(Bench bench) throws IOException {
    Member forgotten = bench.replicaOf(bench.master(0));
    String id = forgotten.id();
    List<Member> others = bench.others(forgotten);
    for (Member member : others) {
      member.must("CLUSTER", "FORGET", id);
    }
    bench.never(
        "a node takes it back, while it runs",
        BAN.plus(GOSSIP),
        () -> {
          for (Member member : others) {
            if (member.sees(id).isPresent()) {
              return true;
            }
          }
          return false;
        });
  }

  @Keeps("E15")
  @Stage(ruined = true)
  void resetIsRefusedWithKeysAndForgetsTheRest(Bench bench) throws IOException {
    Member master = bench.master(0);
    master.must("SET", bench.keyOf(master, "x"), "1");
    bench.holds(
        master.ask("CLUSTER", "RESET").error().isPresent(), "a master with keys refuses RESET");
    master.must("FLUSHALL");
    String before = master.id();
    long epoch = master.view().info().currentEpoch();
    bench.holds(master.ask("CLUSTER", "RESET", "SOFT").is("OK"), "RESET SOFT succeeds");
    bench.holds(
        master.view().nodes().size() == 1 && master.myself().slotCount() == 0,
        "no node is known, no slot owned");
    bench.holds(
        master.id().equals(before) && master.view().info().currentEpoch() >= epoch,
        "RESET SOFT keeps identifier and current epoch");
    bench.holds(master.ask("CLUSTER", "RESET", "HARD").is("OK"), "RESET HARD succeeds");
    bench.holds(!master.id().equals(before), "RESET HARD changes the identifier");
    bench.holds(
        master.view().info().currentEpoch() == 0 && master.view().info().myEpoch() == 0,
        "RESET HARD sets the epochs to 0");
  }
}
