package io.shardquake.harness.conformance.bench;

import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.SlotTags;
import io.shardquake.harness.conformance.Profile;
import io.shardquake.harness.conformance.bench.Outcomes.Broken;
import io.shardquake.harness.conformance.bench.Outcomes.Inconclusive;
import io.shardquake.harness.conformance.bench.Outcomes.NotApplicable;
import io.shardquake.harness.conformance.wire.BusPeer;
import io.shardquake.harness.conformance.wire.Reply;
import io.shardquake.harness.target.NodeEndpoint;
import io.shardquake.harness.target.RunningCluster;
import io.shardquake.harness.target.TargetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * What a test of promises works with: the nodes, faults, scripted peers, and ways to wait. All that
 * it does is kept as evidence, and undone when the test ends. Used by one thread.
 */
public final class Bench {
  /** What a busy machine may add to any bound on time. */
  public static final Duration SLACK = Duration.ofSeconds(3);

  private static final Duration CONVERGENCE = Duration.ofSeconds(20);

  private final Stand stand;
  private final Stand.Shape shape;
  private final Evidence evidence = new Evidence();
  private final Map<String, Member> members = new LinkedHashMap<>();
  private final Deque<Undo> undoes = new ArrayDeque<>();
  private final Map<String, Optional<String>> settled = new TreeMap<>();
  private Optional<Stand.Running> running = Optional.empty();

  /** Takes something back. */
  @FunctionalInterface
  public interface Undo {
    void perform() throws Exception;
  }

  Bench(Stand stand, Stand.Shape shape) {
    this.stand = stand;
    this.shape = shape;
  }

  void start() throws TargetException, InterruptedException {
    Stand.Running obtained = stand.obtain(shape);
    running = Optional.of(obtained);
    for (NodeEndpoint node : obtained.cluster().endpoints()) {
      members.put(node.name(), new Member(node.name(), node.host(), node.port(), evidence));
    }
  }

  Evidence evidence() {
    return evidence;
  }

  RunningCluster cluster() {
    return running.orElseThrow().cluster();
  }

  Deque<Undo> undoes() {
    return undoes;
  }

  /** What the server is held to. */
  public Profile profile() {
    return stand.profile();
  }

  public Duration nodeTimeout() {
    return stand.nodeTimeout();
  }

  /** What can be broken. */
  public Breakage breakage() {
    return new Breakage(this);
  }

  /** All nodes. */
  public List<Member> members() {
    return List.copyOf(members.values());
  }

  /** All nodes but these. */
  public List<Member> others(Member... without) {
    List<Member> others = new ArrayList<>(members.values());
    others.removeAll(List.of(without));
    return others;
  }

  /** Nodes that hold themselves to be masters of slots, in the order of their names. */
  public List<Member> masters() throws IOException {
    List<Member> masters = new ArrayList<>();
    for (Member member : members.values()) {
      NodeView self = member.myself();
      if (self.master().isEmpty() && self.slotCount() > 0) {
        masters.add(member);
      }
    }
    return masters;
  }

  /** One of the masters, from 0. */
  public Member master(int which) throws IOException {
    List<Member> masters = masters();
    if (masters.size() <= which) {
      throw new Inconclusive("the cluster has only " + masters.size() + " masters with slots");
    }
    return masters.get(which);
  }

  /** A replica of this master. */
  public Member replicaOf(Member master) throws IOException {
    return replicasOf(master).stream()
        .findFirst()
        .orElseThrow(() -> new Inconclusive(master + " has no replica"));
  }

  /** All replicas of this master. */
  public List<Member> replicasOf(Member master) throws IOException {
    String id = master.id();
    List<Member> replicas = new ArrayList<>();
    for (Member member : members.values()) {
      if (member.myself().master().filter(id::equals).isPresent()) {
        replicas.add(member);
      }
    }
    return replicas;
  }

  /** A key of this slot. */
  public String key(int slot, String name) {
    return "{" + SlotTags.of(slot) + "}" + name;
  }

  /** The first slot of a master. */
  public int slotOf(Member master) throws IOException {
    return slotsOf(master)
        .findFirst()
        .orElseThrow(() -> new Inconclusive(master + " owns no slot"));
  }

  /** The slots of a master, ascending; tests before may have left it any. */
  public IntStream slotsOf(Member master) throws IOException {
    return master.myself().slots().stream()
        .flatMapToInt(range -> IntStream.rangeClosed(range.first(), range.last()));
  }

  /** A key of the master's first slot. */
  public String keyOf(Member master, String name) throws IOException {
    return key(slotOf(master), name);
  }

  /** Whose slot it is, in their own eyes. */
  public Member ownerOf(String key) throws IOException {
    int slot = KeySlot.of(Reply.bytes(key));
    for (Member member : masters()) {
      if (member.myself().owns(slot)) {
        return member;
      }
    }
    throw new Inconclusive("nobody owns slot " + slot);
  }

  /** The promise is broken if this does not hold. */
  public void holds(boolean condition, String what) {
    note((condition ? "holds: " : "DOES NOT HOLD: ") + what);
    if (!condition) {
      throw new Broken(what);
    }
  }

  /** The promise is broken if this does not come to hold within the limit. */
  public void eventually(String what, Duration limit, Check check) {
    holds(Watch.comes(limit, check), what + ", within " + limit.toMillis() + " ms");
  }

  /** The same with the time that a cluster needs to agree. */
  public void eventually(String what, Check check) {
    eventually(what, CONVERGENCE, check);
  }

  /** The promise is broken if this comes to hold at any time for so long. */
  public void never(String what, Duration time, Check check) {
    holds(!Watch.comes(time, check), "for " + time.toMillis() + " ms never: " + what);
  }

  /** The test cannot go on if this does not come to hold. */
  public void prepare(String what, Check check) {
    prepare(what, CONVERGENCE, check);
  }

  /** The test cannot go on if this does not come to hold within the limit. */
  public void prepare(String what, Duration limit, Check check) {
    if (!Watch.comes(limit, check)) {
      throw new Inconclusive(what + " did not happen within " + limit.toMillis() + " ms");
    }
    note("is so: " + what);
  }

  /** Lets time pass. */
  public void pass(Duration time) {
    Watch.comes(time, () -> false);
  }

  /** Does this when the test ends, the last first. */
  public void later(Undo undo) {
    undoes.push(undo);
  }

  /** Keeps a remark. */
  public void note(String line) {
    evidence.add("* " + line);
  }

  /** Of several promises this one was kept. */
  public void kept(String id) {
    note(id + " was kept");
    settled.put(id, Optional.empty());
  }

  /** Of several promises this one cannot be tested here. */
  public void skip(String id, String why) {
    note(id + " is not applicable: " + why);
    settled.put(id, Optional.of(why));
  }

  /** What {@link #kept} and {@link #skip} said; the latter with the reason. */
  Map<String, Optional<String>> settled() {
    return settled;
  }

  /** Ends the test: what it would need is not here. */
  public NotApplicable notApplicable(String why) {
    return new NotApplicable(why);
  }

  /** Sets a directive of a node until the test ends. */
  public void configure(Member member, String directive, String value) throws IOException {
    List<Reply> before = member.ask("CONFIG", "GET", directive).elements();
    if (before.size() != 2) {
      throw new NotApplicable(member + " has no directive " + directive);
    }
    member.must("CONFIG", "SET", directive, value);
    String old = before.get(1).text();
    undoes.push(() -> member.look("CONFIG", "SET", directive, old));
  }

  /** Sets a directive of all nodes until the test ends. */
  public void configureAll(String directive, String value) throws IOException {
    for (Member member : members()) {
      configure(member, directive, value);
    }
  }

  /** A scripted peer that nobody knows yet. */
  public BusPeer peer() throws IOException {
    BusPeer peer = BusPeer.start(RandomGenerator.getDefault(), evidence::add);
    undoes.push(peer::close);
    note("a scripted peer " + peer.id() + " listens on bus port " + peer.busPort());
    return peer;
  }

  /** A scripted peer that all nodes have taken for a member. */
  public BusPeer memberPeer() throws IOException {
    BusPeer peer = peer();
    join(peer);
    return peer;
  }

  /** Makes all nodes that live meet the peer. */
  public void join(BusPeer peer) throws IOException {
    for (Member member : members()) {
      member.must(
          "CLUSTER",
          "MEET",
          peer.host(),
          Integer.toString(peer.port()),
          Integer.toString(peer.busPort()));
    }
    undoes.push(
        () -> {
          for (Member member : members()) {
            member.look("CLUSTER", "FORGET", peer.id());
          }
        });
    prepare(
        "all nodes have taken the peer for a member",
        () -> {
          for (Member member : members()) {
            if (member.sees(peer.id()).filter(NodeView::linked).isEmpty()) {
              return false;
            }
          }
          return true;
        });
  }

  /** The file in which a node keeps what it knows of the cluster; empty if it is not at hand. */
  public Optional<Path> nodesConf(Member member) {
    Path file =
        running
            .orElseThrow()
            .directory()
            .resolve("nodes")
            .resolve(member.name())
            .resolve("nodes.conf");
    return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
  }

  /** The greatest epoch that any node knows. */
  public long greatestEpoch() throws IOException {
    long greatest = 0;
    for (Member member : members()) {
      greatest = Math.max(greatest, member.view().info().currentEpoch());
    }
    return greatest;
  }
}
