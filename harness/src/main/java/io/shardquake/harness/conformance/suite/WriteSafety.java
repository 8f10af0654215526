package io.shardquake.harness.conformance.suite;

import io.shardquake.harness.conformance.bench.Bench;
import io.shardquake.harness.conformance.bench.ConformanceExtension;
import io.shardquake.harness.conformance.bench.Keeps;
import io.shardquake.harness.conformance.bench.Line;
import io.shardquake.harness.conformance.bench.Member;
import io.shardquake.harness.conformance.suite.Writers.Write;
import io.shardquake.harness.conformance.wire.Reply;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;

/** Chapters J and K: which acknowledged writes may be lost. */
@ExtendWith(ConformanceExtension.class)
final class WriteSafety {
  private static final Duration LAG = Duration.ofSeconds(1);
  private static final int WRITES = 100;

  @Keeps({"J04", "J01", "J05"})
  void aFailoverLosesOnlyWhatItMay(Bench bench) throws Exception {
    Member master = bench.master(0);
    Member heir = bench.replicaOf(master);
    String failed = bench.keyOf(master, "load");
    List<String> others =
        List.of(bench.keyOf(bench.master(1), "load"), bench.keyOf(bench.master(2), "load"));
    List<String> keys = new ArrayList<>(others);
    keys.add(failed);
    try (Writers writers = Writers.start(bench, keys)) {
      bench.prepare("the load is served", () -> writers.allServedSince(0));
      long killed = System.nanoTime();
      bench.breakage().kill(master);
      bench.prepare("the replica has taken over", heir::isMaster);
      bench.breakage().start(master);
      String id = heir.id();
      bench.prepare(
          "the old master follows it",
          () -> master.myself().master().filter(id::equals).isPresent());
      long back = System.nanoTime();
      bench.prepare("the load is served", () -> writers.allServedSince(back));
      writers.stop();
      for (String key : others) {
        bench.holds(
            lost(bench, writers, key).isEmpty(), key + " of another shard has lost nothing");
      }
      bench.kept("J04");
      for (Write write : lost(bench, writers, failed)) {
        boolean allowed = write.by() == master && write.acknowledged() >= killed - LAG.toNanos();
        bench.holds(allowed, "what is lost was acknowledged by the master that died: " + write);
      }
      bench.kept("J01");
      Reply list = heir.ask("LRANGE", failed, "-5", "-1");
      try (Line line = master.open()) {
        line.ask("READONLY");
        bench.eventually(
            "the old master has what the new one has",
            () ->
                line.ask("LLEN", failed).equals(heir.look("LLEN", failed))
                    && line.ask("LRANGE", failed, "-5", "-1").equals(list));
      }
    }
  }

  private static List<Write> lost(Bench bench, Writers writers, String key) throws IOException {
    Reply list = bench.ownerOf(key).look("LRANGE", key, "0", "-1");
    List<Write> acknowledged = writers.acknowledged(key);
    List<Write> lost = Writers.lost(acknowledged, list);
    bench.note(
        lost.size()
            + " of "
            + acknowledged.size()
            + " acknowledged writes to "
            + key
            + " are lost");
    return lost;
  }

  @Keeps("J06")
  void waitCountsReplicasThatHaveIt(Bench bench) throws IOException {
    Member master = bench.master(0);
    Member replica = bench.replicaOf(master);
    String key = bench.keyOf(master, "x");
    try (Line line = master.open()) {
      line.ask("SET", key, "1");
      bench.holds(line.ask("WAIT", "1", "3000").is("1"), "a replica that runs has it");
      bench.breakage().pause(replica);
      line.ask("SET", key, "2");
      bench.holds(line.ask("WAIT", "1", "300").is("0"), "a replica that is paused has not");
      bench.breakage().resume(replica);
      bench.holds(line.ask("WAIT", "1", "4000").is("1"), "when it goes on it has");
      bench.breakage().kill(replica);
      line.ask("SET", key, "3");
      bench.holds(line.ask("WAIT", "1", "300").is("0"), "a replica that is dead has not");
      bench.breakage().start(replica);
    }
  }

  @Keeps("J07")
  void whatIsSyncedOutlivesKills(Bench bench) throws IOException {
    bench.configureAll("appendfsync", "always");
    Member master = bench.master(0);
    Member replica = bench.replicaOf(master);
    String key = bench.keyOf(master, "list");
    fill(master, key, 0);
    bench.breakage().kill(replica);
    fill(master, key, WRITES);
    bench.breakage().start(replica);
    bench.holds(has(master, key, 2 * WRITES), "the loss of a replica loses nothing");
    // Only now: a restart forgets what was set, and the promise is for restarts without a failover.
    bench.configure(replica, "cluster-replica-no-failover", "yes");
    fill(master, key, 2 * WRITES);
    bench.breakage().kill(master);
    bench.breakage().start(master);
    bench.eventually("the restart of a master loses nothing", () -> has(master, key, 3 * WRITES));
  }

  private static void fill(Member master, String key, int from) throws IOException {
    for (int i = from; i < from + WRITES; i++) {
      master.must("RPUSH", key, Integer.toString(i));
    }
  }

  private static boolean has(Member master, String key, int count) throws IOException {
    List<Reply> items = master.look("LRANGE", key, "0", "-1").elements();
    for (int i = 0; i < items.size(); i++) {
      if (!items.get(i).is(Integer.toString(i))) {
        return false;
      }
    }
    return items.size() == count;
  }

  @Keeps({"K02", "K04"})
  void aManualFailoverUnderLoadLosesNothing(Bench bench) throws Exception {
    Member master = bench.master(0);
    Member replica = bench.replicaOf(master);
    String key = bench.keyOf(master, "load");
    try (Writers writers = Writers.start(bench, List.of(key));
        Line blocked = master.open()) {
      bench.prepare("the load is served", () -> writers.allServedSince(0));
      blocked.send("BLPOP", bench.keyOf(master, "nothing"), "0");
      bench.holds(replica.ask("CLUSTER", "FAILOVER").is("OK"), "the failover is scheduled");
      bench.prepare("the replica has taken over", replica::isMaster);
      long done = System.nanoTime();
      bench.prepare("the load is served", () -> writers.allServedSince(done));
      writers.stop();
      bench.holds(lost(bench, writers, key).isEmpty(), "no acknowledged write is lost");
      List<Write> all = writers.acknowledged(key);
      long firstNew =
          all.stream()
              .filter(it -> it.by() == replica)
              .mapToLong(Write::acknowledged)
              .min()
              .orElse(0);
      bench.holds(
          all.stream().noneMatch(it -> it.by() == master && it.sent() > firstNew),
          "no write is taken by both");
      bench.kept("K02");
      String id = replica.id();
      bench.eventually(
          "the old master follows", () -> master.myself().master().filter(id::equals).isPresent());
      bench.holds(
          master.ask("SET", key, "x").isError("MOVED"), "a write to the old master is redirected");
      try {
        Reply reply = blocked.read(Duration.ofSeconds(5));
        bench.holds(
            reply.isError("MOVED") || reply.isError("UNBLOCKED"), "who was blocked is told so");
      } catch (SocketTimeoutException forgotten) {
        bench.holds(false, "a client that was blocked when its master was demoted is answered");
      }
    }
  }
}
