package io.shardquake.harness.sim.run;

import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.harness.cluster.ClusterHealth;
import io.shardquake.harness.cluster.InfoReply;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.cluster.NodeReport;
import io.shardquake.harness.cluster.SlotAllocation;
import io.shardquake.harness.sim.node.NodeFacts;
import io.shardquake.harness.sim.node.SimCluster;
import io.shardquake.harness.sim.time.EventQueue;
import io.shardquake.workloads.protocol.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Makes a cluster of simulated nodes, in the order in which {@code ClusterFormation} does it:
 * epochs, slots, acquaintance, replicas, and then the wait until all agree.
 */
final class Formation {
  private static final long LOOK_NANOS = 100_000_000L;

  private final EventQueue queue;
  private final SimCluster cluster;
  private final List<NodeFacts> nodes;
  private final int masters;
  private final Map<String, String> ids = new LinkedHashMap<>();
  private final CompletableFuture<Void> formed = new CompletableFuture<>();

  /** Of the nodes the first so many become masters; the others are dealt out among them. */
  Formation(EventQueue queue, SimCluster cluster, List<NodeFacts> nodes, int masters) {
    this.queue = queue;
    this.cluster = cluster;
    this.nodes = nodes;
    this.masters = masters;
  }

  /** Starts every node and forms the cluster; completes when it is healthy. */
  CompletableFuture<Void> form() {
    CompletableFuture<Void> started =
        CompletableFuture.allOf(
            nodes.stream()
                .map(node -> cluster.start(node.name()))
                .toArray(CompletableFuture[]::new));
    queue.follow(
        started.thenCompose(running -> claim()).thenCompose(claimed -> meet()), this::attach);
    return formed;
  }

  private CompletableFuture<Void> claim() {
    List<SlotRange> ranges = SlotAllocation.even(masters);
    List<CompletableFuture<Reply>> first = new ArrayList<>();
    for (NodeFacts node : nodes) {
      first.add(
          cluster
              .ask(node.name(), "CLUSTER", "MYID")
              .whenComplete(
                  (id, failure) -> {
                    if (id instanceof Reply.Text text) {
                      ids.put(node.name(), text.text());
                    }
                  }));
      String epoch = Integer.toString(node.number());
      first.add(cluster.ask(node.name(), "CLUSTER", "SET-CONFIG-EPOCH", epoch));
      if (node.number() <= masters) {
        SlotRange range = ranges.get(node.number() - 1);
        first.add(
            cluster.ask(
                node.name(),
                "CLUSTER",
                "ADDSLOTSRANGE",
                Integer.toString(range.first()),
                Integer.toString(range.last())));
      }
    }
    return all(first);
  }

  private CompletableFuture<Void> meet() {
    List<CompletableFuture<Reply>> met = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (int j = i + 1; j < nodes.size(); j++) {
        NodeFacts other = nodes.get(j);
        met.add(
            cluster.ask(
                nodes.get(i).name(),
                "CLUSTER",
                "MEET",
                other.ip(),
                Integer.toString(other.port())));
      }
    }
    return all(met);
  }

  private static CompletableFuture<Void> all(List<CompletableFuture<Reply>> replies) {
    return CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new));
  }

  /** Attaches each replica, again and again until its node knows the master, then awaits health. */
  private void attach() {
    List<CompletableFuture<Reply>> attached = new ArrayList<>();
    for (NodeFacts node : nodes.subList(masters, nodes.size())) {
      String master = nodes.get((node.number() - 1 - masters) % masters).name();
      attached.add(cluster.ask(node.name(), "CLUSTER", "REPLICATE", ids.getOrDefault(master, "")));
    }
    queue.follow(
        all(attached).handle((done, failure) -> failure == null),
        () -> {
          boolean known =
              attached.stream()
                  .allMatch(
                      reply ->
                          !reply.isCompletedExceptionally()
                              && !(reply.join() instanceof Reply.Failure));
          queue.after(LOOK_NANOS, known ? this::look : this::attach);
        });
  }

  private void look() {
    List<CompletableFuture<NodeReport>> reports = nodes.stream().map(this::report).toList();
    queue.follow(
        CompletableFuture.allOf(reports.toArray(CompletableFuture[]::new))
            .handle((done, failure) -> failure == null),
        () -> {
          if (isHealthy(reports)) {
            formed.complete(null);
          } else {
            queue.after(LOOK_NANOS, this::look);
          }
        });
  }

  private static boolean isHealthy(List<CompletableFuture<NodeReport>> reports) {
    return reports.stream().noneMatch(CompletableFuture::isCompletedExceptionally)
        && ClusterHealth.missing(reports.stream().map(CompletableFuture::join).toList()).isEmpty();
  }

  private CompletableFuture<NodeReport> report(NodeFacts node) {
    CompletableFuture<TopologySample> view = cluster.view(node.name());
    return cluster
        .ask(node.name(), "INFO", "replication")
        .thenCombine(
            view,
            (replication, sample) ->
                new NodeReport(
                    new NodeAddress(node.ip(), node.port()),
                    ClusterView.of(sample),
                    InfoReply.parse(replication instanceof Reply.Text text ? text.text() : "")));
  }
}
