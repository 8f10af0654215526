package io.shardquake.harness.experiment;

import io.shardquake.checkers.contract.ReplicaDataChecker;
import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.ClusterTimeline;
import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.TopologyLog;
import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.cluster.NodeConnection;
import io.shardquake.harness.cluster.Readiness;
import io.shardquake.harness.target.NodeEndpoint;
import io.shardquake.harness.target.RunningCluster;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;

/**
 * Compares what replicas hold with what their masters hold (DEBUG DIGEST), once nobody writes any
 * more: until they are equal or the time is over.
 */
final class DatasetComparison {
  private static final Duration REQUEST = Duration.ofSeconds(5);

  private final RunningCluster cluster;
  private final LongSupplier clock;
  private final Map<String, Value> digests = new LinkedHashMap<>();
  private Optional<String> refusal = Optional.empty();

  DatasetComparison(RunningCluster cluster, LongSupplier clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  /** What came of it, to be recorded. */
  FaultEvent within(Duration bound) throws InterruptedException {
    FaultEvent.Phase phase = FaultEvent.Phase.HEALED;
    String detail = "every replica holds what its master holds";
    try (ClusterConnections connections = new ClusterConnections(REQUEST)) {
      Map<String, CompletableFuture<NodeConnection>> nodes = new LinkedHashMap<>();
      for (NodeEndpoint node : cluster.endpoints()) {
        nodes.put(node.name(), connections.connect(new NodeAddress(node.host(), node.port())));
      }
      Readiness.await(bound, () -> difference(nodes));
    } catch (ClusterException e) {
      phase = FaultEvent.Phase.HEAL_FAILED;
      detail = e.getMessage();
    }
    if (refusal.isPresent()) {
      phase = FaultEvent.Phase.SKIPPED;
      detail = refusal.get();
    }
    return new FaultEvent(
        clock.getAsLong(),
        -1,
        phase,
        ReplicaDataChecker.EVENT,
        cluster.nodes(),
        detail,
        new Value.Mapping(digests));
  }

  private Optional<String> difference(Map<String, CompletableFuture<NodeConnection>> nodes) {
    ask(nodes);
    if (refusal.isPresent()) {
      return Optional.empty();
    }
    List<TopologySample> samples =
        cluster.nodes().stream()
            .map(node -> cluster.view(node).toCompletableFuture())
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();
    ClusterTimeline names = ClusterTimeline.of(new TopologyLog(samples));
    for (TopologySample sample : samples) {
      Optional<String> master =
          sample.answered()
              ? ClusterView.of(sample).myself().flatMap(NodeView::master).map(names::nameOf)
              : Optional.empty();
      Value own = digests.getOrDefault(sample.observer(), Value.nil());
      if (master.isPresent() && !own.equals(digests.get(master.get()))) {
        return Optional.of(sample.observer() + " and its master " + master.get() + " differ");
      }
    }
    return Optional.empty();
  }

  private void ask(Map<String, CompletableFuture<NodeConnection>> nodes) {
    Map<String, CompletableFuture<String>> asked = new LinkedHashMap<>();
    nodes.forEach(
        (node, connection) ->
            asked.put(node, connection.thenCompose(open -> open.text("DEBUG", "DIGEST"))));
    digests.clear();
    asked.forEach(
        (node, digest) -> {
          try {
            digests.put(node, Value.of(digest.join()));
          } catch (CompletionException e) {
            refusal = Optional.of(node + " told no digest: " + e.getCause().getMessage());
          }
        });
  }
}
