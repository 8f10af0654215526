package io.shardquake.harness.conformance.suite;

import io.shardquake.harness.conformance.bench.Bench;
import io.shardquake.harness.conformance.bench.ConformanceExtension;
import io.shardquake.harness.conformance.bench.Keeps;
import io.shardquake.harness.conformance.bench.Line;
import io.shardquake.harness.conformance.bench.Member;
import io.shardquake.harness.conformance.wire.Reply;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;

/** Chapter C: reads from replicas. */
@ExtendWith(ConformanceExtension.class)
final class ReplicaReads {
  private static final Duration LAG = Duration.ofSeconds(5);

  @Keeps("C01")
  void replicasRedirectToTheirMaster(Bench bench) throws IOException {
    Member master = bench.master(0);
    Member replica = bench.replicaOf(master);
    String key = bench.keyOf(master, "x");
    String moved = "MOVED " + bench.slotOf(master) + " " + master.address();
    try (Line line = replica.open()) {
      bench.holds(line.ask("GET", key).isError(moved), "a read is redirected");
      bench.holds(line.ask("SET", key, "1").isError(moved), "a write is redirected");
      bench.holds(line.ask("EXISTS", key).isError(moved), "so is every command with a key");
    }
  }

  @Keeps("C02")
  void readonlyReadsWhatTheMasterOwns(Bench bench) throws IOException {
    Member master = bench.master(0);
    Member replica = bench.replicaOf(master);
    String key = bench.keyOf(master, "x");
    master.must("SET", key, "1");
    try (Line line = replica.open()) {
      bench.holds(line.ask("READONLY").is("OK"), "READONLY succeeds");
      bench.eventually(
          "the replica reads what was written", LAG, () -> line.ask("GET", key).is("1"));
      bench.holds(line.ask("SET", key, "2").isError("MOVED"), "a write is redirected");
      bench.holds(
          line.ask("GET", bench.keyOf(bench.master(1), "x")).isError("MOVED"),
          "a read of another shard is redirected");
      outlivesNobody(bench, master, replica, line);
    }
  }

  /** A replica deletes nothing of itself, and must not show what its master would delete. */
  private static void outlivesNobody(Bench bench, Member master, Member replica, Line line)
      throws IOException {
    String key = bench.keyOf(master, "short");
    bench.configure(replica, "cluster-replica-no-failover", "yes");
    master.must("SET", key, "1", "PX", "1000");
    master.must("WAIT", "1", "3000");
    bench.breakage().pause(master);
    bench.eventually(
        "a value whose time is over is not shown though the master is paused",
        LAG,
        () -> line.ask("GET", key).equals(new Reply.Nil()));
    bench.breakage().resume(master);
  }

  @Keeps("C03")
  void readwriteEndsIt(Bench bench) throws IOException {
    Member master = bench.master(0);
    Member replica = bench.replicaOf(master);
    String key = bench.keyOf(master, "x");
    try (Line line = replica.open()) {
      line.ask("READONLY");
      bench.holds(line.ask("GET", key).isFine(), "after READONLY a read is served");
      bench.holds(line.ask("READWRITE").is("OK"), "READWRITE succeeds");
      bench.holds(line.ask("GET", key).isError("MOVED"), "after READWRITE it is redirected");
    }
  }

  @Keeps("C04")
  void readonlyEndsForSlotsThatLeave(Bench bench) throws IOException {
    Member owner = bench.master(0);
    owner.must("SET", bench.keyOf(owner, "x"), "1");
    OpenSlot open = OpenSlot.open(bench);
    Member replica = bench.replicaOf(open.source());
    String key = open.key("x");
    try (Line line = replica.open()) {
      line.ask("READONLY");
      bench.eventually("a read is served", LAG, () -> line.ask("GET", key).is("1"));
      open.migrate(key);
      open.finish();
      bench.eventually(
          "the replica redirects to the slot's new owner",
          () -> line.ask("GET", key).isError(open.movedTo(open.target())));
    }
  }

  @Keeps("C05")
  void readonlyReadsOfASlotThatMovesAreReferred(Bench bench) throws IOException {
    Member owner = bench.master(0);
    String present = bench.keyOf(owner, "present");
    owner.must("SET", present, "1");
    OpenSlot open = OpenSlot.open(bench);
    Member replica = bench.replicaOf(open.source());
    try (Line line = replica.open()) {
      line.ask("READONLY");
      bench.eventually(
          "a replica refers to the target for a key that is not there",
          LAG,
          () -> line.ask("GET", open.key("absent")).isError(open.ask()));
      bench.holds(
          line.ask("MGET", present, open.key("absent")).isError("TRYAGAIN"),
          "where some keys are missing it answers TRYAGAIN");
    }
  }
}
