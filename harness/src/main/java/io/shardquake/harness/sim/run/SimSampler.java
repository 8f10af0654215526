package io.shardquake.harness.sim.run;

import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.harness.sim.node.SimCluster;
import io.shardquake.harness.sim.time.EventQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Asks every node for its view at a fixed interval; one that is silent delays only its own. */
final class SimSampler {
  private final EventQueue queue;
  private final SimCluster cluster;
  private final long intervalNanos;
  private final Consumer<TopologySample> sink;
  private final Set<String> waiting = new TreeSet<>();
  private boolean closed;

  SimSampler(
      EventQueue queue, SimCluster cluster, long intervalNanos, Consumer<TopologySample> sink) {
    this.queue = queue;
    this.cluster = cluster;
    this.intervalNanos = intervalNanos;
    this.sink = sink;
  }

  /** Asks now, and from now on. */
  void start() {
    if (closed) {
      return;
    }
    for (String node : cluster.nodes()) {
      if (waiting.add(node)) {
        queue.follow(ask(node), () -> waiting.remove(node));
      }
    }
    queue.after(intervalNanos, this::start);
  }

  /** Asks all nodes once more, beside the interval; completes when every answer is recorded. */
  CompletableFuture<Void> sampleOnce() {
    return CompletableFuture.allOf(
        cluster.nodes().stream().map(this::ask).toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<Void> ask(String node) {
    return cluster
        .view(node)
        .thenAccept(
            sample -> {
              if (!closed) {
                sink.accept(sample);
              }
            });
  }

  void close() {
    closed = true;
  }
}
