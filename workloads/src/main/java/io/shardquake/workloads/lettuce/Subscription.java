package io.shardquake.workloads.lettuce;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionStateAdapter;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import io.shardquake.workloads.client.OperationError;
import io.shardquake.workloads.cluster.Listening;
import io.shardquake.workloads.cluster.Transport.Receiver;
import io.shardquake.workloads.protocol.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * One subscription over a connection of its own, from its opening to its end.
 *
 * <p>Thread-safe. Its lock is held for a look at the fields only, never while calling Lettuce or
 * the receiver.
 */
final class Subscription extends RedisPubSubAdapter<byte[], byte[]> {
  private final Listening listening;
  private final byte[] channel;
  private final Receiver receiver;
  private final List<Reply> heard = new ArrayList<>(List.of(Reply.OK));

  private Optional<StatefulRedisPubSubConnection<byte[], byte[]>> connection = Optional.empty();
  private boolean confirmed;
  private boolean leaving;
  private boolean ended;

  Subscription(Listening listening, Receiver receiver) {
    this.listening = listening;
    this.channel = listening.channel().getBytes(StandardCharsets.UTF_8);
    this.receiver = receiver;
  }

  /** The connection is open: subscribes. */
  void opened(StatefulRedisPubSubConnection<byte[], byte[]> opened) {
    boolean late;
    synchronized (this) {
      late = ended;
      connection = Optional.of(opened);
    }
    if (late) {
      close(opened);
      return;
    }
    opened.addListener(this);
    opened.addListener(
        new RedisConnectionStateAdapter() {
          @Override
          public void onRedisDisconnected(RedisChannelHandler<?, ?> broken) {
            fail(OperationError.CONNECTION_LOST);
          }
        });
    RedisPubSubAsyncCommands<byte[], byte[]> commands = opened.async();
    CompletionStage<Void> subscribed =
        listening.sharded() ? commands.ssubscribe(channel) : commands.subscribe(channel);
    subscribed.whenComplete((done, failure) -> answered(Optional.ofNullable(failure)));
  }

  /** Unsubscribes, now or as soon as there is something to unsubscribe from. */
  void leave() {
    boolean now;
    synchronized (this) {
      leaving = true;
      now = confirmed && !ended;
    }
    if (now) {
      unsubscribe();
    }
  }

  /** Ends it without an answer, unless it has ended. */
  void fail(OperationError reason) {
    if (end()) {
      receiver.failed(reason, true);
    }
  }

  private void answered(Optional<Throwable> failure) {
    if (failure.isPresent()) {
      refused(failure.get());
      return;
    }
    boolean over;
    synchronized (this) {
      confirmed = true;
      over = leaving && !ended;
    }
    if (over) {
      unsubscribe();
    }
  }

  private void refused(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (!(cause instanceof RedisCommandExecutionException)) {
      fail(OperationError.CONNECTION_LOST);
    } else if (end()) {
      receiver.answered(List.of(new Reply.Failure(String.valueOf(cause.getMessage()))));
    }
  }

  private void unsubscribe() {
    Optional<StatefulRedisPubSubConnection<byte[], byte[]>> open;
    synchronized (this) {
      open = connection;
    }
    // That it is over is told in the stream of messages, behind the last of them.
    open.ifPresent(
        link -> {
          RedisPubSubAsyncCommands<byte[], byte[]> commands = link.async();
          RedisFuture<Void> unusedFuture =
              listening.sharded() ? commands.sunsubscribe(channel) : commands.unsubscribe(channel);
        });
  }

  @Override
  public void message(byte[] on, byte[] message) {
    hear(message);
  }

  @Override
  public void smessage(byte[] on, byte[] message) {
    hear(message);
  }

  @Override
  public void unsubscribed(byte[] from, long left) {
    over();
  }

  @Override
  public void sunsubscribed(byte[] from, long left) {
    over();
  }

  private synchronized void hear(byte[] message) {
    heard.add(new Reply.Text(message));
  }

  private void over() {
    if (end()) {
      List<Reply> all;
      synchronized (this) {
        all = List.copyOf(heard);
      }
      receiver.answered(all);
    }
  }

  private boolean end() {
    Optional<StatefulRedisPubSubConnection<byte[], byte[]>> open;
    synchronized (this) {
      if (ended) {
        return false;
      }
      ended = true;
      open = connection;
    }
    open.ifPresent(Subscription::close);
    return true;
  }

  private static void close(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
    // Nobody waits for the end: nothing is heard over this connection any more.
    CompletableFuture<Void> unusedFuture = connection.closeAsync();
  }
}
