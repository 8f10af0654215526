package io.shardquake.harness.cluster;

import io.shardquake.checkers.topology.TopologySample;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * The way to one node whose cluster is watched: asks it for its view of the cluster, again and
 * again, and sends it single commands, over one connection that is opened anew whenever it broke or
 * an answer was overdue. Thread-safe; never blocks.
 */
public final class NodeObserver implements AutoCloseable {
  private final LastingConnection node;
  private final String name;
  private final LongSupplier clock;

  /**
   * @param connections opens the connection and sets the time-out of each request
   * @param name the harness's name of the node
   * @param clock nanoseconds since the start of the run
   */
  public NodeObserver(
      ClusterConnections connections, String name, NodeAddress address, LongSupplier clock) {
    this.node = new LastingConnection(connections, address);
    this.name = name;
    this.clock = clock;
  }

  /** What the node says now, or why it did not answer in time. The stage itself never fails. */
  public CompletableFuture<TopologySample> observe() {
    CompletableFuture<NodeConnection> connection = node.get();
    return connection
        .thenCompose(NodeObserver::ask)
        .handle(
            (answer, failure) -> {
              if (failure == null) {
                return new TopologySample(
                    clock.getAsLong(), name, answer.nodes(), answer.info(), "");
              }
              node.discard(connection);
              return new TopologySample(clock.getAsLong(), name, "", "", Failures.reason(failure));
            });
  }

  private record Answer(String nodes, String info) {}

  private static CompletableFuture<Answer> ask(NodeConnection node) {
    CompletableFuture<String> nodes = node.text("CLUSTER", "NODES");
    return node.text("CLUSTER", "INFO").thenCombine(nodes, (info, n) -> new Answer(n, info));
  }

  /** Closes the connection; a later question opens another. */
  @Override
  public void close() {
    node.close();
  }
}
