package io.shardquake.harness.conformance.suite;

import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.faults.network.Imposition;
import io.shardquake.faults.network.Plane;
import io.shardquake.harness.conformance.bench.Bench;
import io.shardquake.harness.conformance.bench.ConformanceExtension;
import io.shardquake.harness.conformance.bench.Keeps;
import io.shardquake.harness.conformance.bench.Member;
import io.shardquake.harness.conformance.bench.Stage;
import io.shardquake.harness.conformance.wire.Reply;
import io.shardquake.harness.target.ClusterOptions.Wiring;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.ExtendWith;

/** Chapters H and I: what is served when nodes are gone, and how they come back. */
@ExtendWith(ConformanceExtension.class)
final class Availability {
  private static final Duration ELECTION = Duration.ofSeconds(5);
  private static final Duration WRITABLE_DELAY = Duration.ofSeconds(2);
  private static final Duration GRAIN = Duration.ofMillis(150);

  @Keeps({"I05", "H07", "H10", "I07"})
  @Stage(wiring = Wiring.PROXIED)
  void aFailoverAndTheWayBack(Bench bench) throws IOException {
    Member master = bench.master(0);
    Member replica = bench.replicaOf(master);
    String key = bench.keyOf(master, "x");
    bench.breakage().kill(master);
    bench.eventually(
        "the shard is written again",
        bench.nodeTimeout().plus(ELECTION).plus(Bench.SLACK),
        () -> replica.look("SET", key, "1").is("OK"));
    bench.kept("I05");
    // Others have to tell it: UPDATE is what H07 is about.
    Optional<Imposition> cut =
        bench.breakage().cutsLinks()
            ? Optional.of(bench.breakage().separate(master, replica, Plane.BUS))
            : Optional.empty();
    bench.breakage().start(master);
    String heir = replica.id();
    bench.eventually(
        "the old master follows the new one",
        () -> master.myself().master().filter(heir::equals).isPresent());
    bench.kept("H07");
    cut.ifPresent(bench.breakage()::lift);
    bench.eventually("every node lists a clean cluster, and all the same", () -> isClean(bench));
    bench.kept("H10");
    Member other = bench.replicaOf(bench.master(1));
    bench.breakage().kill(other);
    bench.never(
        "a slot is not served while a replica is gone",
        bench.nodeTimeout().plusSeconds(1),
        () -> !allServed(bench));
  }

  private static boolean allServed(Bench bench) throws IOException {
    for (Member master : bench.masters()) {
      if (!master.look("SET", bench.keyOf(master, "y"), "1").is("OK")) {
        return false;
      }
    }
    return true;
  }

  private static boolean isClean(Bench bench) throws IOException {
    SortedSet<String> beliefs = new TreeSet<>();
    for (Member member : bench.members()) {
      StringBuilder belief = new StringBuilder();
      int slots = 0;
      for (NodeView node : member.view().nodes()) {
        boolean clean =
            !node.is(NodeFlag.FAIL) && !node.is(NodeFlag.PFAIL) && node.openSlots().isEmpty();
        if (!clean) {
          return false;
        }
        slots += node.slotCount();
        if (node.slotCount() > 0) {
          belief.insert(0, node.id() + node.slots());
        }
      }
      if (slots != SlotRange.SLOTS || !member.view().info().ok()) {
        return false;
      }
      beliefs.add(belief.chars().sorted().boxed().toList().toString());
    }
    return beliefs.size() == 1;
  }

  @Keeps({"I01", "I03", "I02"})
  @Stage(ruined = true)
  void aShardThatIsGoneTakesTheClusterDownUnlessToldOtherwise(Bench bench) throws IOException {
    Member master = bench.master(0);
    Member replica = bench.replicaOf(master);
    Member other = bench.master(1);
    String gone = bench.keyOf(master, "x");
    String key = bench.keyOf(other, "x");
    for (Member member : bench.members()) {
      bench.holds(
          member.ask("CLUSTER", "INFO").text().contains("cluster_state:ok"), member + " says ok");
    }
    other.must("SET", key, "1");
    List<Member> rest = bench.others(master, replica);
    bench.breakage().kill(master, replica);
    bench.eventually(
        "all others say that the cluster is down",
        () -> {
          for (Member member : rest) {
            if (member.view().info().ok()) {
              return false;
            }
          }
          return true;
        });
    bench.holds(other.ask("SET", key, "2").isError("CLUSTERDOWN"), "writes are refused everywhere");
    bench.kept("I01");
    readsWhenDown(bench, other, key);
    for (Member member : rest) {
      bench.configure(member, "cluster-require-full-coverage", "no");
    }
    bench.eventually(
        "where coverage is not required the other slots are served",
        () -> other.look("SET", key, "3").is("OK"));
    bench.holds(
        other.ask("GET", gone).isError("CLUSTERDOWN") || other.ask("GET", gone).isError("MOVED"),
        "the slots that are gone are not");
  }

  private static void readsWhenDown(Bench bench, Member other, String key) throws IOException {
    bench.holds(other.ask("GET", key).isError("CLUSTERDOWN"), "reads are refused by default");
    if (other.ask("CONFIG", "GET", "cluster-allow-reads-when-down").elements().isEmpty()) {
      bench.skip("I03", "there is no cluster-allow-reads-when-down");
      return;
    }
    bench.configure(other, "cluster-allow-reads-when-down", "yes");
    bench.holds(other.ask("GET", key).is("1"), "where reads are allowed they are served");
    bench.holds(other.ask("SET", key, "2").isError("CLUSTERDOWN"), "writes are still refused");
    other.must("CONFIG", "SET", "cluster-allow-reads-when-down", "no");
    bench.kept("I03");
  }

  @Keeps("I06")
  void aMasterThatComesBackRefusesWritesAtFirst(Bench bench) throws IOException {
    Member master = bench.master(0);
    String key = bench.keyOf(master, "x");
    bench.configure(bench.replicaOf(master), "cluster-replica-no-failover", "yes");
    bench.breakage().kill(master);
    long begun = System.nanoTime();
    bench.breakage().start(master);
    Reply first = master.ask("SET", key, "1");
    bench.eventually("it accepts writes in the end", () -> master.look("SET", key, "1").is("OK"));
    Duration after = Failures.since(begun);
    bench.holds(first.error().isPresent(), "its first answer to a write is a refusal");
    bench.holds(
        after.compareTo(WRITABLE_DELAY.minus(GRAIN)) >= 0,
        "it accepts writes " + after.toMillis() + " ms after it was started");
  }
}
