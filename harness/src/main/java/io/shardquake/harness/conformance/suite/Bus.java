package io.shardquake.harness.conformance.suite;

import io.shardquake.checkers.topology.NodeView;
import io.shardquake.harness.conformance.bench.Bench;
import io.shardquake.harness.conformance.bench.ConformanceExtension;
import io.shardquake.harness.conformance.bench.Keeps;
import io.shardquake.harness.conformance.bench.Member;
import io.shardquake.harness.conformance.bench.Stage;
import io.shardquake.harness.conformance.wire.BusPeer;
import io.shardquake.harness.conformance.wire.BusPeer.Heard;
import io.shardquake.node.core.bus.BusCodec;
import io.shardquake.node.core.bus.BusMessage;
import io.shardquake.node.core.bus.GossipEntry;
import io.shardquake.node.core.bus.Header;
import io.shardquake.node.core.bus.MessageType;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.extension.ExtendWith;

/** Chapter E: the cluster bus, seen by a scripted peer. */
@ExtendWith(ConformanceExtension.class)
final class Bus {
  private static final int HEADER = 2256;
  private static final int BUS_OFFSET = 10_000;
  private static final int MASTER = 1;
  private static final Duration A_WHILE = Duration.ofSeconds(3);

  @Keeps("E01")
  void theBusIsTenThousandPortsHigher(Bench bench) throws IOException {
    BusPeer peer = bench.peer();
    for (Member member : bench.members()) {
      NodeView self = member.myself();
      bench.holds(
          self.address().busPort() == self.address().port() + BUS_OFFSET,
          member + " announces bus port " + member.busPort());
      peer.heartbeat(member.host(), member.busPort(), MessageType.PING, List.of());
      String id = self.id();
      bench.eventually(
          member + " answers PING there", () -> !peer.heard(MessageType.PONG, id).isEmpty());
    }
  }

  @Keeps("E03")
  void strangersAreNotBelieved(Bench bench) throws IOException {
    Member node = bench.master(0);
    Member victim = bench.master(1);
    BusPeer stranger = bench.peer();
    stranger.claim(new BusPeer.Claims(1000, 1000, List.of(0, 1, 2), "", 0));
    String before = belief(node);
    GossipEntry invented =
        new GossipEntry(
            BusPeer.randomId(RandomGenerator.getDefault()), 0, 0, "127.0.0.1", 1, 2, MASTER, 0);
    for (MessageType type : List.of(MessageType.PING, MessageType.PONG)) {
      stranger.heartbeat(node.host(), node.busPort(), type, List.of(invented));
    }
    stranger.send(
        node.host(),
        node.busPort(),
        new BusMessage.Fail(stranger.header(MessageType.FAIL), victim.id()));
    bench.never(
        "a stranger's PING, PONG or FAIL changes what the node knows",
        A_WHILE,
        () -> !belief(node).equals(before));
    stranger.claim(new BusPeer.Claims(0, 0, List.of(), "", 0));
    stranger.heartbeat(node.host(), node.busPort(), MessageType.MEET, List.of());
    bench.later(() -> forget(bench, stranger.id()));
    bench.eventually("after MEET it is a member", () -> node.sees(stranger.id()).isPresent());
    bench.eventually(
        "gossip of the node that it met makes it a member for the others",
        () -> bench.master(2).sees(stranger.id()).isPresent());
  }

  private static void forget(Bench bench, String id) throws IOException {
    for (Member member : bench.members()) {
      member.look("CLUSTER", "FORGET", id);
    }
  }

  /** Whom a node knows, and what of them matters. */
  private static String belief(Member member) throws IOException {
    TreeSet<String> lines = new TreeSet<>();
    for (NodeView node : member.view().nodes()) {
      lines.add(node.id() + node.address() + node.flags() + node.slots() + node.configEpoch());
    }
    return lines.toString() + member.view().info().currentEpoch();
  }

  @Keeps("E04")
  @Stage(ruined = true)
  void anotherNodeAtAMembersAddressIsNoMember(Bench bench) throws IOException {
    Member node = bench.master(0);
    Member gone = bench.replicaOf(bench.master(1));
    String id = gone.id();
    bench.breakage().kill(gone);
    try (BusPeer impostor =
        BusPeer.start(
            InetAddress.getByName(gone.host()),
            gone.busPort(),
            BusPeer.randomId(RandomGenerator.getDefault()),
            bench::note)) {
      bench.prepare(
          "the node calls at the address of the one that is gone",
          () -> !impostor.heard(MessageType.PING, node.myself().id()).isEmpty());
      bench.never(
          "the node at the old address becomes a member",
          A_WHILE,
          () -> node.sees(impostor.id()).isPresent());
      bench.holds(node.sees(id).isPresent(), "the one that is gone is still known by its name");
    }
  }

  @Keeps("E06")
  void anAddressThatChangesIsLearnt(Bench bench) throws IOException {
    BusPeer peer = bench.memberPeer();
    int moved = peer.port() - 1;
    peer.moveTo(moved);
    for (Member member : bench.members()) {
      peer.heartbeat(member.host(), member.busPort(), MessageType.PING, List.of());
    }
    bench.eventually(
        "every node knows the new port",
        () -> {
          for (Member member : bench.members()) {
            if (member.sees(peer.id()).filter(it -> it.address().port() == moved).isEmpty()) {
              return false;
            }
          }
          return true;
        });
  }

  @Keeps("E07")
  void everyNodePingsEveryOther(Bench bench) throws IOException {
    BusPeer peer = bench.memberPeer();
    Duration bound = bench.nodeTimeout().dividedBy(2);
    bench.pass(bench.nodeTimeout().multipliedBy(3));
    for (Member member : bench.members()) {
      List<Heard> pings = peer.heard(MessageType.PING, member.id());
      long longest = 0;
      for (int i = 1; i < pings.size(); i++) {
        longest = Math.max(longest, pings.get(i).nanos() - pings.get(i - 1).nanos());
      }
      bench.note(
          member
              + " sent "
              + pings.size()
              + " pings, at most "
              + longest / 1_000_000
              + " ms apart");
      bench.holds(
          pings.size() >= 2 && longest <= bound.plus(Bench.SLACK).toNanos(),
          member + " pings at least once in " + bound.toMillis() + " ms");
    }
    Member one = bench.master(0);
    String id = one.id();
    int last = lastConnection(peer, id);
    peer.answer(false);
    bench.eventually(
        "a link whose ping goes unanswered is opened anew",
        bench.nodeTimeout().plus(Bench.SLACK),
        () -> lastConnection(peer, id) > last);
  }

  private static int lastConnection(BusPeer peer, String sender) {
    return peer.heard(MessageType.PING, sender).stream()
        .mapToInt(Heard::connection)
        .max()
        .orElse(-1);
  }

  @Keeps({"E08", "E10", "E11"})
  void messagesHaveTheDocumentedForm(Bench bench) throws IOException {
    BusPeer peer = bench.memberPeer();
    Member master = bench.master(0);
    Member replica = bench.replicaOf(master);
    String masterId = master.id();
    String replicaId = replica.id();
    bench.prepare(
        "both have sent a ping with gossip",
        () -> withGossip(peer, masterId).isPresent() && withGossip(peer, replicaId).isPresent());
    Heard ping = withGossip(peer, masterId).orElseThrow();
    ByteBuffer bytes = ByteBuffer.wrap(ping.bytes());
    bench.note("ping: " + hex(ping.bytes()));
    header(bench, bytes, master);
    bench.kept("E08");
    gossip(bench, bytes, master);
    bench.kept("E10");
    ByteBuffer replicas = ByteBuffer.wrap(withGossip(peer, replicaId).orElseThrow().bytes());
    bench.holds(
        text(replicas, 2128, 40).equals(masterId)
            && slots(replicas) == slots(bytes)
            && replicas.getLong(24) == bytes.getLong(24),
        "a replica's header has its master, its master's slots and its master's epoch");
  }

  private static Optional<Heard> withGossip(BusPeer peer, String sender) {
    return peer.heard(MessageType.PING, sender).stream()
        .filter(heard -> ByteBuffer.wrap(heard.bytes()).getShort(14) > 0)
        .findFirst();
  }

  private static void header(Bench bench, ByteBuffer bytes, Member master) throws IOException {
    NodeView self = master.myself();
    bench.holds(text(bytes, 0, 4).equals("RCmb"), "signature RCmb at 0");
    bench.holds(bytes.getInt(4) == bytes.capacity(), "length at 4");
    bench.holds(bytes.getShort(8) == 1, "version 1 at 8");
    bench.holds((bytes.getShort(10) & 0xffff) == master.port(), "port at 10");
    bench.holds(bytes.getShort(12) == 0, "type 0 of a ping at 12");
    bench.holds(bytes.getLong(16) >= self.configEpoch(), "current epoch at 16");
    bench.holds(bytes.getLong(24) == self.configEpoch(), "config epoch at 24");
    bench.holds(text(bytes, 40, 40).equals(self.id()), "sender at 40");
    bench.holds(slots(bytes) == self.slotCount(), "slots at 80");
    bench.holds(text(bytes, 2128, 40).isEmpty(), "no master at 2128");
    bench.holds((bytes.getShort(2248) & 0xffff) == master.busPort(), "bus port at 2248");
    bench.holds((bytes.getShort(2250) & MASTER) == MASTER, "flags at 2250");
    bench.holds(bytes.get(2252) == 0, "state ok at 2252");
  }

  private static void gossip(Bench bench, ByteBuffer bytes, Member master) throws IOException {
    int count = bytes.getShort(14);
    bench.holds(bytes.capacity() >= HEADER + count * 104, "104 bytes for each gossip entry");
    for (int i = 0; i < count; i++) {
      int at = HEADER + i * 104;
      String id = text(bytes, at, 40);
      NodeView known =
          master.sees(id).orElseThrow(() -> new IOException("gossip about a stranger: " + id));
      bench.holds(text(bytes, at + 48, 46).equals(known.address().host()), "address at 48");
      bench.holds((bytes.getShort(at + 94) & 0xffff) == known.address().port(), "port at 94");
      bench.holds((bytes.getShort(at + 98) & 3) != 0, "flags at 98");
    }
  }

  private static int slots(ByteBuffer bytes) {
    int count = 0;
    for (int at = 80; at < 80 + 2048; at++) {
      count += Integer.bitCount(bytes.get(at) & 0xff);
    }
    return count;
  }

  private static String text(ByteBuffer bytes, int at, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = at; i < at + most && bytes.get(i) != 0; i++) {
      text.append((char) bytes.get(i));
    }
    return text.toString();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Keeps("E09")
  void messagesHaveTheDocumentedTypes(Bench bench) throws IOException {
    BusPeer peer = bench.memberPeer();
    Member master = bench.master(0);
    Member replica = bench.replicaOf(bench.master(1));
    bench.prepare(
        "the peer was met and pinged", () -> types(peer).contains(0) && types(peer).contains(2));
    peer.heartbeat(master.host(), master.busPort(), MessageType.PING, List.of());
    bench.eventually("PONG is type 1", () -> types(peer).contains(1));
    master.must("PUBLISH", "channel", "message");
    bench.eventually("PUBLISH is type 4", () -> types(peer).contains(4));
    peer.claim(new BusPeer.Claims(1, 0, List.of(bench.slotOf(master)), "", 0));
    peer.heartbeat(master.host(), master.busPort(), MessageType.PING, List.of());
    bench.eventually("UPDATE is type 7", () -> types(peer).contains(7));
    peer.claim(new BusPeer.Claims(1, 0, List.of(), "", 0));
    bench.breakage().kill(replica);
    bench.eventually("FAIL is type 3", () -> types(peer).contains(3));
    bench.breakage().kill(master);
    bench.eventually("a request for votes is type 5", () -> types(peer).contains(5));
  }

  private static SortedSet<Integer> types(BusPeer peer) {
    SortedSet<Integer> types = new TreeSet<>();
    peer.heard().forEach(heard -> types.add((int) ByteBuffer.wrap(heard.bytes()).getShort(12)));
    return types;
  }

  @Keeps("E12")
  void garbageDoesNoHarm(Bench bench) throws IOException {
    BusPeer peer = bench.peer();
    Member node = bench.master(0);
    String before = belief(node);
    SplittableRandom random = new SplittableRandom(12);
    for (byte[] garbage : garbage(peer, random)) {
      bench.note("peer -> " + node + " " + garbage.length + " bytes of garbage");
      try (BusPeer other = BusPeer.start(random, bench::note)) {
        other.sendRaw(node.host(), node.busPort(), garbage);
      } catch (IOException closed) {
        bench.note("the node closed the connection: " + closed.getMessage());
      }
    }
    bench.holds(node.ask("PING").is("PONG"), "the node still answers");
    bench.never("what the node knows has changed", A_WHILE, () -> !belief(node).equals(before));
    for (Member member : bench.members()) {
      bench.holds(member.ask("PING").is("PONG"), member + " still answers");
    }
  }

  private static List<byte[]> garbage(BusPeer peer, SplittableRandom random) {
    Header header = peer.header(MessageType.PING);
    byte[] whole = BusCodec.encode(new BusMessage.Heartbeat(header, List.of(), ""));
    List<byte[]> pieces = new ArrayList<>();
    byte[] noise = new byte[5000];
    random.nextBytes(noise);
    pieces.add(noise);
    pieces.add(Arrays.copyOf(whole, 100));
    pieces.add(patched(whole, 0, 'X'));
    pieces.add(patched(whole, 4, 0x7f));
    pieces.add(patched(whole, 9, 9));
    pieces.add(patched(whole, 14, 0xff));
    pieces.add(patched(whole, 13, 200));
    for (int i = 0; i < 20; i++) {
      byte[] mutated = whole.clone();
      for (int k = 0; k < 8; k++) {
        mutated[8 + random.nextInt(whole.length - 8)] = (byte) random.nextInt();
      }
      // A PING, whose sender nobody knows: whatever it claims is to be ignored.
      mutated[12] = 0;
      mutated[13] = 0;
      pieces.add(mutated);
    }
    return pieces;
  }

  private static byte[] patched(byte[] whole, int at, int value) {
    byte[] copy = whole.clone();
    copy[at] = (byte) value;
    return copy;
  }
}
