package io.shardquake.harness.sim.run;

import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.checkers.topology.SlotTags;
import io.shardquake.faults.NodeStatus;
import io.shardquake.harness.sim.client.AdminLink;
import io.shardquake.harness.sim.network.SimNetwork;
import io.shardquake.harness.sim.node.SimNode;
import io.shardquake.harness.sim.node.Witness;
import io.shardquake.harness.sim.time.EventQueue;
import io.shardquake.node.core.Node;
import io.shardquake.node.core.cluster.ClusterInsight;
import io.shardquake.workloads.generator.RandomSource;
import io.shardquake.workloads.protocol.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Clients that do not know their way: they ask any node for any key, with ASKING and without, and
 * wait for lists at who may not stay the owner. What nodes may do with them is stricter than what
 * shows in a history: a node that is not the owner of a slot must not answer. Their connections are
 * the harness's own, which no network fault touches.
 */
final class Strays {
  /** So few that the same nodes are asked for the same slots before and after these move. */
  private static final int SLOTS = 16;

  private static final long MOST_WAIT_NANOS = 5_000_000_000L;

  private final EventQueue queue;
  private final long intervalNanos;
  private final RandomSource random;
  private final Witness witness;
  private final List<Stray> strays = new ArrayList<>();
  private final List<Integer> slots = new ArrayList<>();
  private long asked;
  private boolean closed;

  /** What one node is asked by, and since when somebody waits there in vain. */
  private static final class Stray {
    final SimNode node;
    final AdminLink link;
    final AdminLink waiting;
    @Nullable CompletableFuture<Reply> awaited;
    int awaitedSlot;
    long lostNanos = -1;

    Stray(SimNode node, SimNetwork network) {
      this.node = node;
      this.link = new AdminLink(network, node.facts().ip(), node.facts().port());
      this.waiting = new AdminLink(network, node.facts().ip(), node.facts().port());
    }

    Optional<ClusterInsight> insight() {
      return node.status().state() == NodeStatus.State.RUNNING
          ? node.core().flatMap(Node::clusterInsight)
          : Optional.empty();
    }
  }

  Strays(
      EventQueue queue,
      SimNetwork network,
      List<SimNode> nodes,
      long intervalNanos,
      RandomSource random,
      Witness witness) {
    this.queue = queue;
    this.intervalNanos = intervalNanos;
    this.random = random;
    this.witness = witness;
    nodes.forEach(node -> strays.add(new Stray(node, network)));
    for (int i = 0; i < SLOTS; i++) {
      slots.add(random.nextInt(SlotRange.SLOTS));
    }
  }

  /** Asks now, and from now on. */
  void start() {
    if (closed || intervalNanos == 0) {
      return;
    }
    strays.forEach(this::lookAfterWaiting);
    Stray stray = strays.get(random.nextInt(strays.size()));
    int choice = random.nextInt(4);
    int drawn = slots.get(random.nextInt(SLOTS));
    stray.insight().ifPresent(now -> ask(stray, now, choice, drawn));
    queue.after(intervalNanos, this::start);
  }

  void close() {
    closed = true;
    for (Stray stray : strays) {
      stray.link.drop("the run is over");
      stray.waiting.drop("the run is over");
    }
  }

  private void ask(Stray stray, ClusterInsight now, int choice, int drawn) {
    int slot = choice < 2 ? drawn : openSlot().orElse(drawn);
    switch (choice) {
      case 0 -> read(stray, now, slot);
      case 1 -> awaitAt(stray, now, slot);
      case 2 -> forget(stray.link.ask("SET", key("unasked", slot), "1"));
      default -> {
        forget(stray.link.ask("ASKING"));
        forget(stray.link.ask("SET", key("asked", slot), "1"));
        forget(stray.link.ask("SET", key("unasked", slot), "1"));
      }
    }
  }

  /** A slot that comes to a node at the moment. */
  private Optional<Integer> openSlot() {
    TreeSet<Integer> open = new TreeSet<>();
    strays.forEach(stray -> stray.insight().ifPresent(now -> open.addAll(now.importing())));
    return open.stream().findFirst();
  }

  private String key(String prefix, int slot) {
    return prefix + ":" + asked++ + "{" + SlotTags.of(slot) + "}";
  }

  private static void forget(CompletableFuture<Reply> reply) {
    CompletableFuture<Boolean> unused = reply.handle((told, failure) -> failure == null);
  }

  /** Reads a key that nobody has; only the slot's owner may say that there is none. */
  private void read(Stray stray, ClusterInsight before, int slot) {
    long changes = before.slotChanges();
    Optional<Node> life = stray.node.core();
    boolean owned = before.owns(slot);
    CompletableFuture<Reply> reply = stray.link.ask("GET", "read{" + SlotTags.of(slot) + "}");
    queue.follow(
        reply.handle((told, failure) -> failure == null),
        () -> {
          boolean same =
              stray.node.core().equals(life)
                  && stray.insight().map(now -> now.slotChanges() == changes).orElse(false);
          if (!owned
              && same
              && !reply.isCompletedExceptionally()
              && !(reply.join() instanceof Reply.Failure)) {
            witness.complains(
                stray.node,
                "answered-for-foreign-slot",
                "it answered a GET of slot " + slot + ", which it does not own");
          }
        });
  }

  private static void await(Stray stray, int slot) {
    stray.awaitedSlot = slot;
    stray.lostNanos = -1;
    stray.awaited = stray.waiting.ask("BLPOP", "awaited{" + SlotTags.of(slot) + "}", "0");
  }

  private static void awaitAt(Stray stray, ClusterInsight now, int slot) {
    if (stray.awaited == null && now.owns(slot)) {
      await(stray, slot);
    }
  }

  /** Whoever waits for a key must be sent away when its slot has left. */
  private void lookAfterWaiting(Stray stray) {
    CompletableFuture<Reply> awaited = stray.awaited;
    if (awaited == null) {
      return;
    }
    if (awaited.isDone()) {
      forget(awaited);
      stray.awaited = null;
      return;
    }
    boolean kept =
        stray
            .insight()
            .map(now -> now.owns(stray.awaitedSlot) || now.imports(stray.awaitedSlot))
            .orElse(true);
    if (kept) {
      stray.lostNanos = -1;
    } else if (stray.lostNanos < 0) {
      stray.lostNanos = queue.nowNanos();
    } else if (queue.nowNanos() - stray.lostNanos > MOST_WAIT_NANOS) {
      stray.awaited = null;
      witness.complains(
          stray.node,
          "kept-waiting",
          "a client still waits for a key of slot "
              + stray.awaitedSlot
              + " five seconds after that has left");
    }
  }
}
