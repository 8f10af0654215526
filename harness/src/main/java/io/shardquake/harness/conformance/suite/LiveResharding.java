package io.shardquake.harness.conformance.suite;

import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.cluster.check.CheckReport;
import io.shardquake.harness.cluster.fix.ClusterFix;
import io.shardquake.harness.cluster.fix.RescueFile;
import io.shardquake.harness.cluster.state.ClusterSession;
import io.shardquake.harness.conformance.bench.Bench;
import io.shardquake.harness.conformance.bench.ConformanceExtension;
import io.shardquake.harness.conformance.bench.Keeps;
import io.shardquake.harness.conformance.bench.Line;
import io.shardquake.harness.conformance.bench.Member;
import io.shardquake.harness.conformance.wire.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;

/** Chapter D: slots that move under load, and moves that are interrupted. */
@ExtendWith(ConformanceExtension.class)
final class LiveResharding {
  private static final int SLOTS = 6;
  private static final int KEYS_OF_INTERRUPTED = 20;
  private static final String BATCH = "100";

  @Keeps("D09")
  void nothingIsLostNorDoubledUnderLoad(Bench bench) throws Exception {
    Member source = bench.master(0);
    Member target = bench.master(1);
    List<Integer> slots = bench.slotsOf(source).limit(SLOTS).boxed().toList();
    List<String> keys = new ArrayList<>();
    for (int slot : slots) {
      keys.add(bench.key(slot, "load"));
    }
    try (Writers writers = Writers.start(bench, keys)) {
      bench.prepare("the load is served", () -> writers.allServedSince(0));
      for (int slot : slots) {
        move(source, target, slot);
      }
      long moved = System.nanoTime();
      bench.eventually(
          "the load is served where the slots are now", () -> writers.allServedSince(moved));
      writers.stop();
      bench.note(writers.total() + " writes were acknowledged");
      for (String key : keys) {
        Reply list = bench.ownerOf(key).look("LRANGE", key, "0", "-1");
        bench.holds(Writers.lost(writers.acknowledged(key), list).isEmpty(), key + " lost nothing");
        bench.holds(!Writers.hasDuplicates(list), key + " has nothing twice");
        replicated(bench, key, list);
      }
    }
  }

  /** Who takes over from the new owner must not be without what came with the slot. */
  private static void replicated(Bench bench, String key, Reply list) throws IOException {
    try (Line line = bench.replicaOf(bench.ownerOf(key)).open()) {
      line.ask("READONLY");
      bench.eventually(
          "the replica of the new owner has " + key + " as well",
          () -> line.ask("LRANGE", key, "0", "-1").equals(list));
    }
  }

  /** As every tool does it: open, move key by key, close. */
  private static void move(Member source, Member target, int slot) throws IOException {
    String number = Integer.toString(slot);
    target.must("CLUSTER", "SETSLOT", number, "IMPORTING", source.id());
    source.must("CLUSTER", "SETSLOT", number, "MIGRATING", target.id());
    List<Reply> keys = source.ask("CLUSTER", "GETKEYSINSLOT", number, BATCH).elements();
    while (!keys.isEmpty()) {
      for (Reply key : keys) {
        source.must(
            "MIGRATE", target.host(), Integer.toString(target.port()), key.text(), "0", "5000");
      }
      keys = source.ask("CLUSTER", "GETKEYSINSLOT", number, BATCH).elements();
    }
    String id = target.id();
    target.must("CLUSTER", "SETSLOT", number, "NODE", id);
    source.must("CLUSTER", "SETSLOT", number, "NODE", id);
  }

  @Keeps("D10")
  void anInterruptedMoveShowsAndCanBeMended(Bench bench) throws Exception {
    Member owner = bench.master(0);
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < KEYS_OF_INTERRUPTED; i++) {
      String key = bench.keyOf(owner, "half" + i);
      owner.must("SET", key, "value" + i);
      keys.add(key);
    }
    OpenSlot open = OpenSlot.open(bench);
    for (String key : keys.subList(0, keys.size() / 2)) {
      open.migrate(key);
    }
    bench.holds(
        !open.source().myself().openSlots().isEmpty()
            && !open.target().myself().openSlots().isEmpty(),
        "both nodes show the open slot");
    CheckReport report = mend(bench, open.source());
    bench.holds(report.isClean(), "the cluster is clean after cluster fix: " + report.anomalies());
    Member now = bench.ownerOf(keys.get(0));
    for (int i = 0; i < keys.size(); i++) {
      bench.holds(now.ask("GET", keys.get(i)).is("value" + i), "no key is lost");
    }
  }

  private static CheckReport mend(Bench bench, Member seed) throws Exception {
    Path rescue = Files.createTempFile("rescue", ".jsonl");
    try (ClusterConnections connections = new ClusterConnections(Duration.ofSeconds(2));
        ClusterSession session =
            new ClusterSession(connections, new NodeAddress(seed.host(), seed.port()))) {
      return new ClusterFix(
              session, ClusterFix.Settings.DEFAULT, new RescueFile(rescue), bench::note)
          .run();
    } finally {
      Files.deleteIfExists(rescue);
    }
  }
}
