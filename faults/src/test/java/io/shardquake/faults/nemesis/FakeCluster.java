package io.shardquake.faults.nemesis;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.faults.Capabilities;
import io.shardquake.faults.ClusterControl;
import io.shardquake.faults.NodeStatus;
import io.shardquake.faults.NodeStatus.State;
import io.shardquake.faults.network.Network;
import io.shardquake.faults.slots.SlotAdministration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A cluster without servers, in virtual time: n1 to n3 are masters of a third of the slots each, n4
 * to n6 their replicas. Nodes answer after a millisecond, and start within 200.
 */
public final class FakeCluster implements ClusterControl {
  private static final Duration LATENCY = Duration.ofMillis(1);
  private static final Duration START = Duration.ofMillis(200);

  private final VirtualTime time;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final List<String> log = new ArrayList<>();
  private final Map<String, String> missing = new TreeMap<>();
  private final FakeNetwork network = new FakeNetwork();
  private final FakeSlots slots = new FakeSlots();
  private long nextPid = 100;

  private static final class Node {
    State state = State.RUNNING;
    long pid;
    String master;
    String slots;
    int epoch;
    int failingStarts;
    boolean immortal;
    boolean unstoppable;
    boolean outOfStep;
    boolean hanging;
    boolean unknowable;

    Node(long pid, String master, String slots, int epoch) {
      this.pid = pid;
      this.master = master;
      this.slots = slots;
      this.epoch = epoch;
    }
  }

  public FakeCluster(VirtualTime time) {
    this.time = time;
    List<String> slots = List.of("0-5460", "5461-10922", "10923-16383");
    for (int i = 0; i < 3; i++) {
      nodes.put("n" + (i + 1), new Node(nextPid++, "", slots.get(i), i + 1));
    }
    for (int i = 0; i < 3; i++) {
      nodes.put("n" + (i + 4), new Node(nextPid++, "n" + (i + 1), "", i + 1));
    }
  }

  /** What was done to nodes, in order: {@code 5000 kill n1}, times in milliseconds. */
  List<String> log() {
    return List.copyOf(log);
  }

  /** The node dies of itself. */
  void die(String node) {
    nodes.get(node).state = State.DEAD;
    log("death", node);
  }

  /** The next starts of the node fail. */
  void failStarts(String node, int count) {
    nodes.get(node).failingStarts = count;
  }

  /** Signals to end it are taken, and ignored. */
  void makeImmortal(String node) {
    nodes.get(node).immortal = true;
  }

  /** Signals to pause it are taken, and ignored. */
  void makeUnstoppable(String node) {
    nodes.get(node).unstoppable = true;
  }

  /** Its replication stays broken. */
  void putOutOfStep(String node) {
    nodes.get(node).outOfStep = true;
  }

  /** Its starts have no end. */
  void hangStarts(String node) {
    nodes.get(node).hanging = true;
  }

  /** Nobody can tell what its process does. */
  void makeUnknowable(String node) {
    nodes.get(node).unknowable = true;
  }

  void lack(String kind, String what) {
    missing.put(kind, what);
  }

  /** The replica takes its master's slots over; its master does not know yet. */
  void promote(String replica) {
    Node promoted = nodes.get(replica);
    promoted.slots = nodes.get(promoted.master).slots;
    promoted.master = "";
    promoted.epoch = nodes.values().stream().mapToInt(node -> node.epoch).max().orElse(0) + 1;
  }

  @Override
  public List<String> nodes() {
    return List.copyOf(nodes.keySet());
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(missing);
  }

  @Override
  public NodeStatus status(String name) {
    Node node = nodes.get(name);
    if (node.unknowable) {
      throw new IllegalStateException("no /proc here, and no ps");
    }
    return new NodeStatus(name, node.state == State.DEAD ? -1 : node.pid, node.state);
  }

  @Override
  public CompletionStage<TopologySample> view(String name) {
    CompletableFuture<TopologySample> answer = new CompletableFuture<>();
    if (nodes.get(name).state != State.PAUSED) {
      later(
          LATENCY,
          () ->
              answer.complete(
                  nodes.get(name).state == State.RUNNING
                      ? new TopologySample(
                          time.nowNanos(), name, viewOf(name), "cluster_state:ok\r\n", "")
                      : new TopologySample(time.nowNanos(), name, "", "", "Connection refused")));
    }
    return answer;
  }

  private String viewOf(String observer) {
    StringBuilder text = new StringBuilder();
    nodes.forEach(
        (name, node) -> {
          text.append(id(name)).append(" 127.0.0.1:7000@17000 ");
          text.append(name.equals(observer) ? "myself," : "");
          text.append(node.master.isEmpty() ? "master - " : "slave " + id(node.master) + ' ');
          text.append("0 0 ").append(node.epoch);
          text.append(node.state == State.RUNNING ? " connected" : " disconnected");
          text.append(node.slots.isEmpty() ? "" : ' ' + node.slots).append('\n');
        });
    return text.toString();
  }

  private static String id(String name) {
    return name.substring(1).repeat(40);
  }

  @Override
  public CompletionStage<Value> command(String name, List<String> words) {
    CompletableFuture<Value> answer = new CompletableFuture<>();
    if (nodes.get(name).state != State.PAUSED) {
      later(
          LATENCY,
          () -> {
            if (nodes.get(name).state == State.RUNNING) {
              answer.complete(Value.of(reply(nodes.get(name), words.get(0))));
            } else {
              answer.completeExceptionally(new IllegalStateException("Connection refused"));
            }
          });
    }
    return answer;
  }

  private static String reply(Node node, String command) {
    if (command.equals("PING")) {
      return "PONG";
    }
    return node.master.isEmpty()
        ? "role:master\r\n"
        : "role:slave\r\nmaster_link_status:" + (node.outOfStep ? "down" : "up") + "\r\n";
  }

  @Override
  public Optional<Network> network() {
    return Optional.of(network);
  }

  @Override
  public Optional<SlotAdministration> slots() {
    return Optional.of(slots);
  }

  FakeSlots fakeSlots() {
    return slots;
  }

  FakeNetwork fakeNetwork() {
    return network;
  }

  @Override
  public CompletionStage<Void> kill(String name) {
    return end("kill", name);
  }

  @Override
  public CompletionStage<Void> stop(String name) {
    return end("stop", name);
  }

  private CompletionStage<Void> end(String how, String name) {
    log(how, name);
    Node node = nodes.get(name);
    if (!node.immortal) {
      node.state = State.DEAD;
    }
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> start(String name) {
    Node node = nodes.get(name);
    if (node.failingStarts > 0) {
      node.failingStarts--;
      log("failing start", name);
      return CompletableFuture.failedStage(new IllegalStateException("out of memory\nand more"));
    }
    CompletableFuture<Void> started = new CompletableFuture<>();
    if (node.hanging) {
      return started;
    }
    later(
        START,
        () -> {
          node.state = State.RUNNING;
          node.pid = nextPid++;
          log("start", name);
          started.complete(null);
        });
    return started;
  }

  @Override
  public CompletionStage<Void> pause(String name) {
    log("pause", name);
    if (!nodes.get(name).unstoppable) {
      nodes.get(name).state = State.PAUSED;
    }
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> resume(String name) {
    log("resume", name);
    nodes.get(name).state = State.RUNNING;
    return CompletableFuture.completedStage(null);
  }

  private void later(Duration delay, Runnable action) {
    time.at(time.nowNanos() + delay.toNanos(), action);
  }

  private void log(String what, String name) {
    log.add(Duration.ofNanos(time.nowNanos()).toMillis() + " " + what + " " + name);
  }

  Map<String, State> states() {
    Map<String, State> states = new LinkedHashMap<>();
    nodes.forEach((name, node) -> states.put(name, node.state));
    return Collections.unmodifiableMap(states);
  }
}
