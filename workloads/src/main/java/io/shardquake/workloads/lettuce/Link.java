package io.shardquake.workloads.lettuce;

import io.lettuce.core.api.StatefulRedisConnection;
import io.netty.channel.ConnectTimeoutException;
import io.shardquake.workloads.client.OperationError;
import io.shardquake.workloads.cluster.Endpoint;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One process's connection to one node: opened when there is something to send, opened again for
 * the next batch after it broke, never reconnected by itself.
 *
 * <p>Thread-safe. Its lock is held for a look at the fields only, never while calling Lettuce or a
 * receiver.
 */
final class Link {
  private final Endpoint endpoint;
  private final Connector connector;

  private Optional<StatefulRedisConnection<byte[], byte[]>> connection = Optional.empty();
  private Optional<Batch> waiting = Optional.empty();
  private boolean connecting;
  private boolean closed;

  Link(Endpoint endpoint, Connector connector) {
    this.endpoint = endpoint;
    this.connector = connector;
  }

  /** Sends the batch now, or as soon as there is a connection. */
  void send(Batch batch) {
    Optional<StatefulRedisConnection<byte[], byte[]>> open;
    boolean mustConnect;
    synchronized (this) {
      open = connection.filter(StatefulRedisConnection::isOpen);
      mustConnect = open.isEmpty() && !connecting;
      if (open.isEmpty()) {
        waiting = Optional.of(batch);
        connecting = true;
      }
    }
    if (open.isPresent()) {
      write(open.get(), batch);
    } else if (mustConnect) {
      connector
          .connect(endpoint)
          .whenComplete(
              (opened, failure) -> {
                if (failure == null) {
                  connected(opened);
                } else {
                  notConnected(failure);
                }
              });
    }
  }

  /** Closes the connection; the next batch opens another one. */
  void drop() {
    Optional<StatefulRedisConnection<byte[], byte[]>> dropped;
    synchronized (this) {
      dropped = connection;
      connection = Optional.empty();
    }
    dropped.ifPresent(Link::close);
  }

  /** Closes the connection, also one that is still being opened. */
  void close() {
    synchronized (this) {
      closed = true;
    }
    drop();
  }

  private void connected(StatefulRedisConnection<byte[], byte[]> opened) {
    Optional<Batch> batch;
    boolean late;
    synchronized (this) {
      batch = stopWaiting();
      late = closed;
      connection = late ? Optional.empty() : Optional.of(opened);
    }
    if (late) {
      close(opened);
      batch.ifPresent(unsent -> unsent.fail(OperationError.NOT_SENT));
    } else {
      batch.ifPresent(unsent -> write(opened, unsent));
    }
  }

  private void notConnected(Throwable failure) {
    Optional<Batch> batch;
    synchronized (this) {
      batch = stopWaiting();
    }
    batch.ifPresent(unsent -> unsent.fail(errorOf(failure)));
  }

  private Optional<Batch> stopWaiting() {
    Optional<Batch> batch = waiting;
    waiting = Optional.empty();
    connecting = false;
    return batch;
  }

  private static void write(StatefulRedisConnection<byte[], byte[]> connection, Batch batch) {
    if (batch.isEnded()) {
      return;
    }
    if (batch.commands().size() == 1) {
      connection.dispatch(batch.commands().get(0));
    } else {
      connection.dispatch(batch.commands());
    }
  }

  private static void close(StatefulRedisConnection<byte[], byte[]> connection) {
    // Nobody waits for the end: nothing is sent over this connection any more.
    CompletableFuture<Void> unusedFuture = connection.closeAsync();
  }

  /** Why a connection could not be opened. */
  static OperationError errorOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectTimeoutException) {
        return OperationError.CONNECT_TIMEOUT;
      }
    }
    return OperationError.CONNECTION_REFUSED;
  }
}
