package io.shardquake.harness.conformance.suite;

import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.harness.conformance.bench.Bench;
import io.shardquake.harness.conformance.bench.ConformanceExtension;
import io.shardquake.harness.conformance.bench.Keeps;
import io.shardquake.harness.conformance.bench.Member;
import io.shardquake.harness.conformance.bench.Stage;
import io.shardquake.harness.conformance.wire.Reply;
import java.io.IOException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.ExtendWith;

/** Chapter B: redirections outside of resharding. */
@ExtendWith(ConformanceExtension.class)
final class Redirection {
  private static final int MOST_HOPS = 5;

  @Keeps("B01")
  void keysOfOthersAreRedirectedToTheirOwner(Bench bench) throws IOException {
    for (Member owner : bench.masters()) {
      String key = bench.keyOf(owner, "x");
      String moved = "MOVED " + bench.slotOf(owner) + " " + owner.address();
      for (Member other : bench.others(owner)) {
        bench.holds(
            other.ask("GET", key).error().filter(moved::equals).isPresent(),
            other + " answers -" + moved);
      }
    }
  }

  @Keeps("B02")
  void theEndpointMayBeUnknown(Bench bench) throws IOException {
    Member owner = bench.master(0);
    Member other = bench.master(1);
    bench.configure(other, "cluster-preferred-endpoint-type", "unknown-endpoint");
    String moved = "MOVED " + bench.slotOf(owner) + " :" + owner.port();
    bench.holds(
        other.ask("GET", bench.keyOf(owner, "x")).error().filter(moved::equals).isPresent(),
        "a node told to hide endpoints answers -" + moved);
  }

  @Keeps("B03")
  void nodesDoNotProxy(Bench bench) throws IOException {
    Member owner = bench.master(0);
    String key = bench.keyOf(owner, "mine");
    owner.must("SET", key, "1");
    for (Member other : bench.others(owner)) {
      bench.holds(other.ask("GET", key).isError("MOVED"), other + " does not read for others");
      bench.holds(
          other.ask("SET", key, "2").isError("MOVED"), other + " does not write for others");
    }
    bench.holds(owner.ask("GET", key).is("1"), "the owner still has what it was given");
  }

  @Keeps("B04")
  void keysOfTwoSlotsAreRefusedEverywhere(Bench bench) throws IOException {
    Member owner = bench.master(0);
    String one = bench.keyOf(owner, "a");
    String two = bench.key(bench.slotOf(owner) + 1, "b");
    String foreign = bench.keyOf(bench.master(1), "c");
    for (Member member : bench.members()) {
      for (String second : List.of(two, foreign)) {
        bench.holds(member.ask("MGET", one, second).isError("CROSSSLOT"), member + " refuses MGET");
        Reply script = member.ask("EVAL", "return 1", "2", one, second);
        bench.holds(
            script.isError("CROSSSLOT") || script.isError("ERR unknown command"),
            member + " refuses EVAL, or has no scripts");
      }
    }
    try (var line = owner.open()) {
      line.ask("MULTI");
      line.ask("SET", one, "1");
      Reply second = line.ask("SET", two, "2");
      Reply exec = line.ask("EXEC");
      bench.holds(
          second.isError("CROSSSLOT") || exec.isError("CROSSSLOT") || exec.isError("EXECABORT"),
          "a transaction over two slots is refused");
    }
    bench.holds(owner.ask("EXISTS", one).is("0"), "nothing of the transaction is applied");
  }

  @Keeps("B05")
  @Stage(ruined = true)
  void slotsWithoutOwnerAreDown(Bench bench) throws IOException {
    Member owner = bench.master(0);
    Member other = bench.master(1);
    int slot = bench.slotOf(owner);
    String unbound = bench.key(slot, "x");
    String bound = bench.key(slot + 1, "x");
    for (Member member : bench.members()) {
      member.ask("CLUSTER", "DELSLOTS", Integer.toString(slot));
    }
    bench.prepare("two masters know no owner", () -> unowned(owner, slot) && unowned(other, slot));
    for (Member member : List.of(owner, other)) {
      bench.holds(
          member.ask("GET", unbound).isError("CLUSTERDOWN Hash slot not served"),
          member + " says that the slot is not served");
    }
    bench.eventually(
        "the cluster is down where coverage is required",
        () -> owner.look("GET", bound).isError("CLUSTERDOWN The cluster is down"));
    owner.ask("GET", bound);
  }

  private static boolean unowned(Member member, int slot) throws IOException {
    return member.view().nodes().stream().noneMatch(node -> node.owns(slot));
  }

  @Keeps("B14")
  void redirectionsEnd(Bench bench) throws IOException {
    for (int slot = 0; slot < SlotRange.SLOTS; slot += SlotRange.SLOTS / 16) {
      for (Member first : bench.members()) {
        Member asked = first;
        Reply reply = asked.ask("GET", bench.key(slot, "x"));
        int hops = 0;
        while (reply.isError("MOVED") && hops++ < MOST_HOPS) {
          String to = reply.text().substring(reply.text().lastIndexOf(' ') + 1);
          asked =
              bench.members().stream()
                  .filter(member -> member.address().equals(to))
                  .findFirst()
                  .orElseThrow(() -> new IOException("redirected to a stranger: " + to));
          reply = asked.ask("GET", bench.key(slot, "x"));
        }
        bench.holds(
            reply.isFine() && hops <= 1, "slot " + slot + " from " + first + ": one redirection");
      }
    }
    OpenSlot open = OpenSlot.open(bench);
    Member third = bench.master(2);
    bench.holds(
        third.ask("GET", open.key("x")).isError(open.movedTo(open.source())),
        "until a slot has moved its owner is named");
    open.finish();
    bench.eventually(
        "afterwards the new owner is named",
        () -> third.look("GET", open.key("x")).isError(open.movedTo(open.target())));
  }

  @Keeps("B15")
  void clusterSlotsListsMastersFirstAndNoFailedReplica(Bench bench) throws IOException {
    Member master = bench.master(0);
    Member replica = bench.replicaOf(master);
    String replicaAddress = replica.address();
    // A replica is listed once it is known to have received something.
    bench.eventually(
        "the entry of a slot is its master, then its replica",
        () ->
            nodesOf(master, bench.slotOf(master))
                .equals(List.of(master.address(), replicaAddress)));
    String id = replica.id();
    bench.breakage().kill(replica);
    bench.prepare("the master sees FAIL", () -> master.flags(id, NodeFlag.FAIL));
    bench.holds(
        nodesOf(master, bench.slotOf(master)).equals(List.of(master.address())),
        "a replica that failed is not listed");
  }

  /** The addresses that CLUSTER SLOTS gives for a slot. */
  private static List<String> nodesOf(Member member, int slot) throws IOException {
    return member.ask("CLUSTER", "SLOTS").elements().stream()
        .map(Reply::elements)
        .filter(range -> number(range.get(0)) <= slot && slot <= number(range.get(1)))
        .flatMap(range -> range.subList(2, range.size()).stream())
        .map(node -> node.elements().get(0).text() + ":" + node.elements().get(1).text())
        .toList();
  }

  private static long number(Reply reply) {
    return Long.parseLong(reply.text());
  }

  @Keeps("B16")
  void aNodesListsAgree(Bench bench) throws IOException {
    for (Member member : bench.members()) {
      SortedSet<String> listed = new TreeSet<>();
      for (NodeView node : member.view().nodes()) {
        node.slots()
            .forEach(range -> listed.add(range.first() + "-" + range.last() + " " + node.id()));
      }
      SortedSet<String> slots = new TreeSet<>();
      for (Reply range : member.ask("CLUSTER", "SLOTS").elements()) {
        List<Reply> entry = range.elements();
        String owner = entry.get(2).elements().get(2).text();
        slots.add(number(entry.get(0)) + "-" + number(entry.get(1)) + " " + owner);
      }
      bench.holds(slots.equals(listed), member + ": CLUSTER SLOTS and CLUSTER NODES agree");
      Reply shards = member.ask("CLUSTER", "SHARDS");
      if (shards.isFine()) {
        bench.holds(
            shardRanges(shards).equals(listed), member + ": CLUSTER SHARDS and NODES agree");
      }
    }
  }

  private static SortedSet<String> shardRanges(Reply shards) {
    SortedSet<String> ranges = new TreeSet<>();
    for (Reply shard : shards.elements()) {
      List<Reply> slots = field(shard, "slots").elements();
      String master =
          field(shard, "nodes").elements().stream()
              .filter(node -> field(node, "role").text().equals("master"))
              .map(node -> field(node, "id").text())
              .findFirst()
              .orElse("");
      for (int i = 0; i + 1 < slots.size(); i += 2) {
        ranges.add(number(slots.get(i)) + "-" + number(slots.get(i + 1)) + " " + master);
      }
    }
    return ranges;
  }

  /** A field of a map that is told as an array. */
  private static Reply field(Reply map, String name) {
    List<Reply> words = map.elements();
    for (int i = 0; i + 1 < words.size(); i += 2) {
      if (words.get(i).text().equals(name)) {
        return words.get(i + 1);
      }
    }
    return new Reply.Nil();
  }
}
