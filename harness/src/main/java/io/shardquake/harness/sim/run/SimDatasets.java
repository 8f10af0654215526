package io.shardquake.harness.sim.run;

import io.shardquake.checkers.contract.ReplicaDataChecker;
import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.history.Value;
import io.shardquake.harness.sim.node.SimCluster;
import io.shardquake.harness.sim.node.SimNode;
import io.shardquake.harness.sim.time.EventQueue;
import io.shardquake.node.core.Node;
import io.shardquake.node.core.cluster.ClusterInsight;
import io.shardquake.workloads.protocol.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What {@code DatasetComparison} does, in virtual time: compares what replicas hold with what their
 * masters hold, once nobody writes any more, until they are equal or the time is over.
 */
final class SimDatasets {
  private static final long LOOK_NANOS = 200_000_000L;

  private final EventQueue queue;
  private final SimCluster cluster;
  private final List<SimNode> nodes;
  private final Consumer<FaultEvent> told;
  private final Runnable whenDone;
  private final long untilNanos;

  /**
   * @param boundNanos how long replicas may take to catch up
   * @param told gets what came of it
   * @param whenDone called then
   */
  SimDatasets(
      EventQueue queue,
      SimCluster cluster,
      List<SimNode> nodes,
      long boundNanos,
      Consumer<FaultEvent> told,
      Runnable whenDone) {
    this.queue = queue;
    this.cluster = cluster;
    this.nodes = nodes;
    this.told = told;
    this.whenDone = whenDone;
    this.untilNanos = queue.nowNanos() + boundNanos;
  }

  /** Looks, and goes on looking. */
  void compare() {
    List<CompletableFuture<String>> digests = new ArrayList<>();
    for (SimNode node : nodes) {
      digests.add(
          cluster
              .ask(node.facts().name(), "DEBUG", "DIGEST")
              .handle((reply, failure) -> reply instanceof Reply.Text text ? text.text() : ""));
    }
    queue.follow(
        CompletableFuture.allOf(digests.toArray(CompletableFuture[]::new)),
        () -> {
          Map<String, String> byId = new LinkedHashMap<>();
          for (int i = 0; i < nodes.size(); i++) {
            String digest = digests.get(i).join();
            insight(nodes.get(i)).ifPresent(insight -> byId.put(insight.id(), digest));
          }
          Optional<String> difference = difference(byId);
          if (difference.isEmpty() || queue.nowNanos() >= untilNanos) {
            told.accept(event(difference, byId));
            whenDone.run();
          } else {
            queue.after(LOOK_NANOS, this::compare);
          }
        });
  }

  private Optional<String> difference(Map<String, String> byId) {
    for (SimNode node : nodes) {
      Optional<ClusterInsight> insight = insight(node);
      if (insight.isEmpty()) {
        return Optional.of(node.facts().name() + " is not there");
      }
      if (byId.get(insight.get().id()).isEmpty()) {
        return Optional.of(node.facts().name() + " does not tell what it holds");
      }
      String master = insight.get().masterId();
      if (!master.isEmpty()
          && !byId.getOrDefault(insight.get().id(), "").equals(byId.getOrDefault(master, ""))) {
        return Optional.of(node.facts().name() + " and its master differ");
      }
    }
    return Optional.empty();
  }

  private static Optional<ClusterInsight> insight(SimNode node) {
    return node.core().flatMap(Node::clusterInsight);
  }

  private FaultEvent event(Optional<String> difference, Map<String, String> byId) {
    Map<String, Value> digests = new LinkedHashMap<>();
    byId.forEach((id, digest) -> digests.put(id, Value.of(digest)));
    return new FaultEvent(
        queue.nowNanos(),
        -1,
        difference.isEmpty() ? FaultEvent.Phase.HEALED : FaultEvent.Phase.HEAL_FAILED,
        ReplicaDataChecker.EVENT,
        cluster.nodes(),
        difference.orElse("every replica holds what its master holds"),
        new Value.Mapping(digests));
  }
}
