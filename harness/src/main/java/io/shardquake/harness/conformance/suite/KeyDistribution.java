package io.shardquake.harness.conformance.suite;

import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.harness.conformance.bench.Bench;
import io.shardquake.harness.conformance.bench.ConformanceExtension;
import io.shardquake.harness.conformance.bench.Keeps;
import io.shardquake.harness.conformance.bench.Member;
import io.shardquake.harness.conformance.wire.Reply;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;

/** Chapter A: key distribution and hash tags. */
@ExtendWith(ConformanceExtension.class)
final class KeyDistribution {
  private static final int CHECK_VALUE = 0x31C3;
  private static final int KEYS = 200;
  private static final int LONGEST_KEY = 40;

  private static long slot(Member member, String key) throws IOException {
    return Long.parseLong(member.ask("CLUSTER", "KEYSLOT", key).text());
  }

  private static void agree(Bench bench, String one, String other) throws IOException {
    Member member = bench.members().get(0);
    bench.holds(slot(member, one) == slot(member, other), one + " and " + other + " share a slot");
  }

  @Keeps("A01")
  void slotsAreCrc16ModuloTheirNumber(Bench bench) throws IOException {
    Member member = bench.members().get(0);
    bench.holds(
        slot(member, "123456789") == CHECK_VALUE % SlotRange.SLOTS, "CRC16 of 123456789 is 0x31C3");
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < KEYS; i++) {
      String key = randomKey(random);
      bench.holds(slot(member, key) == KeySlot.of(Reply.bytes(key)), "the slot of key " + i);
    }
  }

  /** Of any bytes but braces. */
  private static String randomKey(SplittableRandom random) {
    StringBuilder key = new StringBuilder();
    random
        .ints(1 + random.nextInt(LONGEST_KEY), 0, 256)
        .filter(c -> c != '{' && c != '}')
        .forEach(c -> key.append((char) c));
    return key.toString();
  }

  @Keeps("A02")
  void aTagDecides(Bench bench) throws IOException {
    agree(bench, "{user1000}.following", "{user1000}.followers");
    agree(bench, "{user1000}.following", "user1000");
    Member owner = bench.ownerOf("user1000");
    bench.holds(
        owner.ask("MSET", "{user1000}.following", "1", "{user1000}.followers", "2").is("OK"),
        "the owner of the tag's slot takes both in one command");
  }

  @Keeps("A03")
  void anEmptyTagIsNone(Bench bench) throws IOException {
    Member member = bench.members().get(0);
    bench.holds(
        slot(member, "foo{}{bar}") == KeySlot.of("foo{}{bar}"), "foo{}{bar} is hashed whole");
    bench.holds(
        slot(member, "foo{}{bar}") != slot(member, "bar"), "foo{}{bar} is not hashed as bar");
  }

  @Keeps("A04")
  void theTagEndsAtTheFirstClosingBrace(Bench bench) throws IOException {
    agree(bench, "foo{{bar}}zap", "{bar");
  }

  @Keeps("A05")
  void theFirstTagCounts(Bench bench) throws IOException {
    agree(bench, "foo{bar}{zap}", "bar");
    Member member = bench.members().get(0);
    for (String key :
        List.of("{}bar", "{}{bar}", "\0\1{\377\376}\r\n", "{\0}x", "{", "}{", "a{b")) {
      bench.holds(slot(member, key) == KeySlot.of(Reply.bytes(key)), "the slot of " + key);
    }
  }

  @Keeps("A06")
  void eachSlotIsServedByOneMaster(Bench bench) throws IOException {
    List<Member> masters = bench.masters();
    int[] serving = new int[SlotRange.SLOTS];
    for (Member master : masters) {
      List<Reply> replies =
          master.lookAll(
              IntStream.range(0, SlotRange.SLOTS)
                  .mapToObj(slot -> List.of("EXISTS", bench.key(slot, "")))
                  .toList());
      for (int slot = 0; slot < SlotRange.SLOTS; slot++) {
        serving[slot] += replies.get(slot).isFine() ? 1 : 0;
      }
    }
    List<Integer> others =
        IntStream.range(0, SlotRange.SLOTS).filter(slot -> serving[slot] != 1).boxed().toList();
    bench.holds(
        others.isEmpty(), "each of the 16384 slots is served by one of the masters, but " + others);
  }

  @Keeps("A07")
  void thereIsOnlyDatabaseZero(Bench bench) throws IOException {
    Member member = bench.master(0);
    bench.holds(member.ask("SELECT", "0").is("OK"), "SELECT 0 succeeds");
    bench.holds(member.ask("SELECT", "1").error().isPresent(), "SELECT 1 is refused");
  }

  @Keeps("A08")
  void singleKeysStayAvailableWhileTheirSlotMoves(Bench bench) throws IOException {
    Member owner = bench.master(0);
    String kept = bench.keyOf(owner, "kept");
    String moved = bench.keyOf(owner, "moved");
    owner.must("SET", kept, "1");
    owner.must("SET", moved, "2");
    OpenSlot open = OpenSlot.open(bench);
    bench.holds(open.migrate(moved).is("OK"), "a key can be moved");
    bench.holds(open.source().ask("GET", kept).is("1"), "a key that is still there is served");
    bench.holds(
        open.source().ask("GET", moved).isError(open.ask()), "the source refers to the target");
    bench.holds(open.asking("GET", moved).is("2"), "a key that has moved is served");
    bench.holds(
        open.source().ask("SET", open.key("new"), "3").isError(open.ask()),
        "the source refers to the target for a new key");
    bench.holds(open.asking("SET", open.key("new"), "3").is("OK"), "a new key is taken");
  }
}
