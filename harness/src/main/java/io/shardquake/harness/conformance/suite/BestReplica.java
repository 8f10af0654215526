package io.shardquake.harness.conformance.suite;

import io.shardquake.checkers.topology.NodeView;
import io.shardquake.faults.network.Plane;
import io.shardquake.harness.conformance.bench.Bench;
import io.shardquake.harness.conformance.bench.ConformanceExtension;
import io.shardquake.harness.conformance.bench.Keeps;
import io.shardquake.harness.conformance.bench.Member;
import io.shardquake.harness.conformance.bench.Stage;
import io.shardquake.harness.target.ClusterOptions.Wiring;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtendWith;

/** Chapter G: who wins where several replicas could. */
@ExtendWith(ConformanceExtension.class)
@Stage(replicas = 2, wiring = Wiring.PROXIED, ruined = true)
final class BestReplica {
  private static final int WRITES = 200;

  @Keeps({"G13", "G12"})
  void theReplicaWithTheMostDataWins(Bench bench) throws IOException {
    Member master = bench.master(0);
    List<Member> replicas = bench.replicasOf(master);
    Member behind = replicas.get(0);
    Member ahead = replicas.get(1);
    String key = bench.keyOf(master, "x");
    bench.breakage().separate(master, behind, Plane.REPLICATION);
    for (int i = 0; i < WRITES; i++) {
      master.must("SET", key, "value" + i);
    }
    bench.prepare("one replica has all", () -> offset(ahead) > offset(behind));
    // Offsets travel with the heartbeats, one a second at least.
    bench.pass(bench.nodeTimeout());
    bench.breakage().kill(master);
    List<Member> observers = bench.others(master);
    List<String> doubles = new ArrayList<>();
    bench.prepare(
        "one of them has won",
        () -> {
          twoOwners(observers).ifPresent(doubles::add);
          return ahead.isMaster() || behind.isMaster();
        });
    bench.holds(
        doubles.isEmpty(), "no two masters have the same config epoch at any time: " + doubles);
    bench.kept("G13");
    bench.holds(ahead.isMaster(), "the replica with the most data won");
  }

  private static long offset(Member replica) throws IOException {
    return Long.parseLong("0" + replica.info("replication", "slave_repl_offset"));
  }

  /** Two nodes that call themselves masters of slots by the same epoch; empty if there are none. */
  private static Optional<String> twoOwners(List<Member> observers) throws IOException {
    TreeMap<Long, String> owners = new TreeMap<>();
    for (Member observer : observers) {
      NodeView self = observer.myself();
      if (self.slotCount() > 0) {
        String other = owners.put(self.configEpoch(), observer.name());
        if (other != null) {
          return Optional.of(observer + " and " + other + " at " + self.configEpoch());
        }
      }
    }
    return Optional.empty();
  }
}
