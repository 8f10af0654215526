package io.shardquake.harness.cluster;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A connection to one node that is opened when first needed, and anew when it broke or was
 * discarded. Thread-safe; never blocks.
 */
public final class LastingConnection implements AutoCloseable {
  private final ClusterConnections connections;
  private final NodeAddress address;
  private Optional<CompletableFuture<NodeConnection>> current = Optional.empty();

  public LastingConnection(ClusterConnections connections, NodeAddress address) {
    this.connections = connections;
    this.address = address;
  }

  /** The connection, or why there is none now. */
  public synchronized CompletableFuture<NodeConnection> get() {
    CompletableFuture<NodeConnection> connection =
        current.filter(LastingConnection::isUsable).orElseGet(() -> connections.connect(address));
    current = Optional.of(connection);
    return connection;
  }

  private static boolean isUsable(CompletableFuture<NodeConnection> connection) {
    return !connection.isDone()
        || (!connection.isCompletedExceptionally() && connection.join().isOpen());
  }

  /** Closes this connection, so that the next request gets another. */
  public synchronized void discard(CompletableFuture<NodeConnection> connection) {
    NodeConnection.closeWhenOpen(connection);
    current = current.filter(other -> other != connection);
  }

  /** Closes the connection; a later request opens another. */
  @Override
  public synchronized void close() {
    current.ifPresent(NodeConnection::closeWhenOpen);
    current = Optional.empty();
  }
}
