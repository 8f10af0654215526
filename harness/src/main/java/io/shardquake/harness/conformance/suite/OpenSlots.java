package io.shardquake.harness.conformance.suite;

import io.shardquake.harness.conformance.bench.Bench;
import io.shardquake.harness.conformance.bench.ConformanceExtension;
import io.shardquake.harness.conformance.bench.Keeps;
import io.shardquake.harness.conformance.bench.Line;
import io.shardquake.harness.conformance.bench.Member;
import io.shardquake.harness.conformance.wire.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;

/** Chapter B: redirections while a slot moves. */
@ExtendWith(ConformanceExtension.class)
final class OpenSlots {

  @Keeps("B06")
  void theSourceServesWhatItHasAndRefersForTheRest(Bench bench) throws IOException {
    Member owner = bench.master(0);
    String present = bench.keyOf(owner, "present");
    owner.must("SET", present, "1");
    OpenSlot open = OpenSlot.open(bench);
    bench.holds(open.source().ask("GET", present).is("1"), "a key that is there is served");
    bench.holds(
        open.source().ask("GET", open.key("absent")).isError(open.ask()),
        "for a key that is not there the source answers -" + open.ask());
  }

  @Keeps("B07")
  void theSourceAsksToTryAgainWhereSomeKeysAreMissing(Bench bench) throws IOException {
    Member owner = bench.master(0);
    String one = bench.keyOf(owner, "one");
    String two = bench.keyOf(owner, "two");
    owner.must("MSET", one, "1", two, "2");
    OpenSlot open = OpenSlot.open(bench);
    Member source = open.source();
    bench.holds(source.ask("MGET", one, two).isFine(), "keys that are all there are served");
    bench.holds(
        source.ask("MGET", open.key("no"), open.key("none")).isError(open.ask()),
        "for keys none of which is there the source refers to the target");
    bench.holds(
        source.ask("MGET", one, open.key("no")).isError("TRYAGAIN"),
        "where some keys are missing the source answers TRYAGAIN, the missing one last");
    bench.holds(
        source.ask("MGET", open.key("no"), one).isError("TRYAGAIN"),
        "where some keys are missing the source answers TRYAGAIN, the missing one first");
  }

  @Keeps("B08")
  void theTargetServesOnlyWhoAsks(Bench bench) throws IOException {
    OpenSlot open = OpenSlot.open(bench);
    String key = open.key("x");
    bench.holds(
        open.target().ask("SET", key, "1").isError(open.movedTo(open.source())),
        "without ASKING the target redirects to the owner");
    bench.holds(open.asking("SET", key, "1").is("OK"), "with ASKING it serves");
    open.asking("DEL", key);
    Member third = bench.master(2);
    try (Line line = third.open()) {
      line.ask("ASKING");
      bench.holds(
          line.ask("SET", key, "1").isError(open.movedTo(open.source())),
          "with ASKING a node that does not import the slot redirects all the same");
    }
  }

  @Keeps("B09")
  void askingHoldsForOneCommand(Bench bench) throws IOException {
    OpenSlot open = OpenSlot.open(bench);
    String key = open.key("x");
    try (Line line = open.target().open()) {
      line.ask("ASKING");
      bench.holds(line.ask("GET", key).isFine(), "the command after ASKING is served");
      bench.holds(
          line.ask("GET", key).isError(open.movedTo(open.source())), "the next is redirected");
    }
  }

  @Keeps("B10")
  void theTargetAsksToTryAgainWhereSomeKeysAreMissing(Bench bench) throws IOException {
    OpenSlot open = OpenSlot.open(bench);
    String present = open.key("present");
    open.asking("SET", present, "1");
    bench.holds(
        open.asking("MGET", present, open.key("absent")).isError("TRYAGAIN"),
        "where some keys are missing the target answers TRYAGAIN");
    bench.holds(
        open.asking("MGET", present, present).isFine(), "keys that are all there are served");
    open.asking("DEL", present);
  }

  @Keeps("B11")
  void afterwardsAllIsAsItWas(Bench bench) throws IOException {
    Member owner = bench.master(0);
    String one = bench.keyOf(owner, "one");
    String two = bench.keyOf(owner, "two");
    owner.must("MSET", one, "1", two, "2");
    OpenSlot open = OpenSlot.open(bench);
    open.migrate(one);
    open.migrate(two);
    open.finish();
    bench.holds(
        open.source().ask("GET", one).isError(open.movedTo(open.target())),
        "the source redirects to the new owner");
    bench.holds(
        open.target().ask("MGET", one, two).isFine(), "the new owner serves several keys at once");
  }

  @Keeps("B12")
  void execLooksAgainWhoOwnsTheSlot(Bench bench) throws IOException {
    Member owner = bench.master(0);
    String key = bench.keyOf(owner, "queued");
    owner.must("SET", key, "old");
    OpenSlot open = OpenSlot.open(bench);
    try (Line line = open.source().open()) {
      line.ask("MULTI");
      line.ask("SET", key, "new");
      open.migrate(key);
      open.finish();
      Reply exec = line.ask("EXEC");
      bench.holds(
          exec.isError("MOVED") || exec.isError("EXECABORT"),
          "EXEC after the slot has gone is answered by a redirection");
    }
    bench.holds(open.target().ask("GET", key).is("old"), "nothing of it is applied");
  }

  @Keeps("B13")
  void whoWaitsForASlotThatLeavesIsToldSo(Bench bench) throws IOException {
    OpenSlot open = OpenSlot.open(bench);
    String key = open.key("list");
    open.source().ask("CLUSTER", "SETSLOT", open.number(), "STABLE");
    try (Line line = open.source().open()) {
      line.send("BLPOP", key, "0");
      line.poll(Duration.ofMillis(300));
      open.source().must("CLUSTER", "SETSLOT", open.number(), "MIGRATING", open.target().id());
      open.finish();
      Optional<Reply> reply = line.poll(Duration.ofSeconds(5));
      bench.holds(
          reply.filter(told -> told.isError(open.movedTo(open.target()))).isPresent(),
          "who waits is redirected to the new owner");
    }
  }
}
