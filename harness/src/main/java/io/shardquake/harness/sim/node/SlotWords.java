package io.shardquake.harness.sim.node;

import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.node.core.cluster.ClusterInsight;
import io.shardquake.workloads.protocol.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What is said to nodes to move slots. */
final class SlotWords {
  private static final String MIGRATE_LIMIT_MILLIS = "1000";

  private final SimCluster cluster;

  SlotWords(SimCluster cluster) {
    this.cluster = cluster;
  }

  CompletableFuture<Reply> ask(String node, String... words) {
    return cluster.ask(node, words);
  }

  private Optional<ClusterInsight> insight(String node) {
    return cluster.node(node).core().flatMap(core -> core.clusterInsight());
  }

  boolean isMaster(String node) {
    return insight(node).map(ClusterInsight::isMaster).orElse(false);
  }

  String idOf(String node) {
    return insight(node).map(ClusterInsight::id).orElse("");
  }

  /** Whether a node owns a slot by its own belief. */
  boolean owns(String node, int slot) {
    return insight(node).map(own -> own.owns(slot)).orElse(false);
  }

  /** Slots that a node owns by its own belief. */
  List<Integer> ownedBy(String node) {
    List<Integer> owned = new ArrayList<>();
    insight(node)
        .ifPresent(
            own -> {
              for (int slot = 0; slot < SlotRange.SLOTS; slot++) {
                if (own.owns(slot)) {
                  owned.add(slot);
                }
              }
            });
    return owned;
  }

  CompletableFuture<Reply> importing(String at, int slot, String from) {
    return set(at, slot, "IMPORTING", idOf(from));
  }

  CompletableFuture<Reply> migrating(String at, int slot, String to) {
    return set(at, slot, "MIGRATING", idOf(to));
  }

  CompletableFuture<Reply> owner(String at, int slot, String owner) {
    return set(at, slot, "NODE", idOf(owner));
  }

  CompletableFuture<Reply> stable(String at, int slot) {
    return ask(at, "CLUSTER", "SETSLOT", Integer.toString(slot), "STABLE");
  }

  private CompletableFuture<Reply> set(String at, int slot, String what, String node) {
    return ask(at, "CLUSTER", "SETSLOT", Integer.toString(slot), what, node);
  }

  /** Tells every other master; who cannot be told learns it by gossip. */
  void tellOthers(int slot, String owner) {
    for (String node : cluster.nodes()) {
      if (!node.equals(owner) && isMaster(node)) {
        CompletableFuture<Reply> unusedFuture = owner(node, slot, owner);
      }
    }
  }

  CompletableFuture<Reply> keysOf(String node, int slot, int most) {
    return ask(node, "CLUSTER", "GETKEYSINSLOT", Integer.toString(slot), Integer.toString(most));
  }

  CompletableFuture<Reply> migrate(String from, String to, List<Reply> keys, boolean replacing) {
    NodeFacts target = cluster.node(to).facts();
    List<String> words =
        new ArrayList<>(
            List.of(
                "MIGRATE",
                target.ip(),
                Integer.toString(target.port()),
                "",
                "0",
                MIGRATE_LIMIT_MILLIS));
    if (replacing) {
      words.add("REPLACE");
    }
    words.add("KEYS");
    for (Reply key : keys) {
      if (key instanceof Reply.Text text) {
        words.add(text.text());
      }
    }
    return ask(from, words.toArray(String[]::new));
  }
}
