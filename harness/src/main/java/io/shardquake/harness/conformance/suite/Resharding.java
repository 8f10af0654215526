package io.shardquake.harness.conformance.suite;

import io.shardquake.checkers.topology.NodeView;
import io.shardquake.harness.conformance.bench.Bench;
import io.shardquake.harness.conformance.bench.ConformanceExtension;
import io.shardquake.harness.conformance.bench.Keeps;
import io.shardquake.harness.conformance.bench.Member;
import io.shardquake.harness.conformance.wire.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;

/** Chapter D: the administration of a slot that moves. */
@ExtendWith(ConformanceExtension.class)
final class Resharding {
  private static final int KEYS = 30;

  @Keeps("D01")
  void onlyTheRightNodesOpenASlot(Bench bench) throws IOException {
    Member owner = bench.master(0);
    Member other = bench.master(1);
    Member third = bench.master(2);
    Member replica = bench.replicaOf(owner);
    String slot = Integer.toString(bench.slotOf(owner));
    bench.later(() -> owner.look("CLUSTER", "SETSLOT", slot, "STABLE"));
    bench.later(() -> other.look("CLUSTER", "SETSLOT", slot, "STABLE"));
    refused(bench, other, "CLUSTER", "SETSLOT", slot, "MIGRATING", third.id());
    refused(bench, owner, "CLUSTER", "SETSLOT", slot, "IMPORTING", other.id());
    refused(bench, replica, "CLUSTER", "SETSLOT", slot, "MIGRATING", other.id());
    refused(bench, replica, "CLUSTER", "SETSLOT", slot, "IMPORTING", other.id());
  }

  private static void refused(Bench bench, Member member, String... words) throws IOException {
    bench.holds(
        member.ask(words).error().isPresent(), member + " refuses " + String.join(" ", words));
  }

  @Keeps("D03")
  void aMigrationThatFailsLeavesTheKey(Bench bench) throws IOException {
    Member owner = bench.master(0);
    String key = bench.keyOf(owner, "x");
    owner.must("SET", key, "1");
    Reply reply = owner.ask("MIGRATE", owner.host(), "1", key, "0", "500");
    bench.holds(reply.isError("IOERR"), "MIGRATE to a port where nobody listens is an IOERR");
    bench.holds(owner.ask("GET", key).is("1"), "the key is still there");
    Member silent = bench.master(1);
    bench.breakage().pause(silent);
    Reply unanswered =
        owner.ask("MIGRATE", silent.host(), Integer.toString(silent.port()), key, "0", "300");
    bench.breakage().resume(silent);
    bench.holds(unanswered.isError("IOERR"), "MIGRATE to a node that is paused is an IOERR");
    bench.holds(owner.ask("GET", key).is("1"), "the key is still there");
  }

  @Keeps("D04")
  void theOwnerDoesNotLetGoOfKeys(Bench bench) throws IOException {
    Member owner = bench.master(0);
    owner.must("SET", bench.keyOf(owner, "x"), "1");
    OpenSlot open = OpenSlot.open(bench);
    refused(bench, owner, "CLUSTER", "SETSLOT", open.number(), "NODE", open.target().id());
    bench.holds(owner.ask("GET", open.key("x")).is("1"), "the key is still served");
  }

  @Keeps({"D05", "D06"})
  void finishingClosesTheSlotAndTakesAnEpoch(Bench bench) throws IOException {
    OpenSlot open = OpenSlot.open(bench);
    bench.holds(
        opened(open.source()) && opened(open.target()), "both list the slot as open before");
    long greatest = 0;
    for (Member master : bench.masters()) {
      greatest = Math.max(greatest, master.myself().configEpoch());
    }
    boolean was = open.target().myself().configEpoch() == greatest;
    open.finish();
    bench.holds(
        !opened(open.source()) && !opened(open.target()), "neither lists it as open afterwards");
    bench.kept("D05");
    long now = open.target().myself().configEpoch();
    bench.holds(
        was ? now >= greatest : now > greatest,
        "the new owner's epoch is the greatest: " + now + ", before at most " + greatest);
  }

  private static boolean opened(Member member) throws IOException {
    return !member.myself().openSlots().isEmpty();
  }

  @Keeps("D07")
  void allLearnTheNewOwner(Bench bench) throws IOException {
    OpenSlot open = OpenSlot.open(bench);
    open.finish();
    String id = open.target().id();
    bench.eventually(
        "every node takes the target for the owner",
        () -> {
          for (Member member : bench.members()) {
            if (member.sees(id).filter(node -> node.owns(open.slot())).isEmpty()) {
              return false;
            }
          }
          return true;
        });
  }

  @Keeps("D08")
  void aCrashInBetweenLeavesAnOwner(Bench bench) throws IOException {
    OpenSlot open = OpenSlot.open(bench);
    String id = open.target().id();
    open.target().must("CLUSTER", "SETSLOT", open.number(), "NODE", id);
    bench.breakage().kill(open.source());
    bench.holds(
        open.target().sees(id).filter(node -> node.owns(open.slot())).isPresent(),
        "the target owns the slot while the source is dead");
    bench.breakage().start(open.source());
    bench.eventually(
        "all nodes take the target for the owner",
        () -> {
          for (Member member : bench.members()) {
            if (member.sees(id).filter(node -> node.owns(open.slot())).isEmpty()) {
              return false;
            }
          }
          return true;
        });
  }

  @Keeps("D11")
  void slotsThatHaveAnOwnerCannotBeAdded(Bench bench) throws IOException {
    Member owner = bench.master(0);
    Member other = bench.master(1);
    String slot = Integer.toString(bench.slotOf(owner));
    bench.holds(
        other.ask("CLUSTER", "ADDSLOTS", slot).isError("ERR"), "a slot of another is refused");
    bench.holds(owner.ask("CLUSTER", "ADDSLOTS", slot).isError("ERR"), "so is a slot of its own");
    NodeView self = other.myself();
    other.ask(
        "CLUSTER", "ADDSLOTS", Integer.toString(bench.slotOf(other)), slot, Integer.toString(1));
    bench.holds(other.myself().slots().equals(self.slots()), "all or nothing is added");
  }

  @Keeps("D12")
  void theKeysOfASlotAreListed(Bench bench) throws IOException {
    Member owner = bench.master(0);
    int slot = bench.slotOf(owner);
    SortedSet<String> keys = new TreeSet<>();
    for (int i = 0; i < KEYS; i++) {
      String key = bench.key(slot, "key" + i);
      keys.add(key);
      owner.must("SET", key, "1");
      owner.must("SET", bench.key(slot + 1, "key" + i), "1");
    }
    String number = Integer.toString(slot);
    bench.holds(owner.ask("CLUSTER", "COUNTKEYSINSLOT", number).is("" + KEYS), "all are counted");
    bench.holds(listed(owner, number, 1000).equals(keys), "all and no others are listed");
    bench.holds(listed(owner, number, 7).size() == 7, "no more than asked for are listed");
    owner.must("DEL", keys.first());
    keys.remove(keys.first());
    bench.holds(listed(owner, number, 1000).equals(keys), "a deleted key is not");
    bench.holds(
        bench.master(1).ask("CLUSTER", "COUNTKEYSINSLOT", number).is("0"),
        "a node counts its own keys only");
  }

  private static SortedSet<String> listed(Member member, String slot, int most) throws IOException {
    SortedSet<String> keys = new TreeSet<>();
    member
        .ask("CLUSTER", "GETKEYSINSLOT", slot, Integer.toString(most))
        .elements()
        .forEach(key -> keys.add(key.text()));
    return keys;
  }

  @Keeps("D02")
  void aMigratingKeyIsOnOneNode(Bench bench) throws IOException {
    Member owner = bench.master(0);
    List<String> keys =
        IntStream.range(0, KEYS).mapToObj(i -> key(bench, owner, "move" + i)).toList();
    for (String key : keys) {
      owner.must("RPUSH", key, "a", "b", "c\r\n\0");
      owner.must("PEXPIRE", key, "600000");
    }
    OpenSlot open = OpenSlot.open(bench);
    try (Reader reader = Reader.start(open, keys)) {
      for (String key : keys) {
        bench.holds(open.migrate(key).is("OK"), "MIGRATE " + key);
        bench.holds(owner.look("EXISTS", key).isError(open.ask()), key + " has left the source");
        bench.holds(
            open.asking("LRANGE", key, "0", "-1").toString().equals("[\"a\", \"b\", \"c\r\n\0\"]"),
            key + " has the same value");
        long left = Long.parseLong(open.asking("PTTL", key).text());
        bench.holds(left > 0 && left <= 600_000, key + " has its time to live: " + left);
      }
      bench.holds(reader.missed().isEmpty(), "no key was ever missing: " + reader.missed());
      bench.note(reader.reads() + " reads in the meantime");
    }
    open.finish();
  }

  private static String key(Bench bench, Member owner, String name) {
    try {
      return bench.keyOf(owner, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
