package io.shardquake.workloads.lettuce;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.event.DefaultEventPublisherOptions;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.netty.util.concurrent.Future;
import io.shardquake.workloads.ClusterAccess;
import io.shardquake.workloads.client.ClientFactory;
import io.shardquake.workloads.cluster.ClusterClients;
import io.shardquake.workloads.cluster.CommandMapping;
import io.shardquake.workloads.cluster.Endpoint;
import io.shardquake.workloads.cluster.Timer;
import io.shardquake.workloads.cluster.Transport;
import io.shardquake.workloads.cluster.TransportFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Real connections: all processes share two event loops and one timer.
 *
 * <p>Lettuce is told not to reconnect, not to keep commands while disconnected, not to send
 * anything of its own when it connects (neither HELLO nor PING nor CLIENT SETINFO), and to leave
 * time-outs to us. What remains of it is the framing, the event loop and the connection's life.
 */
public final class LettuceTransports implements TransportFactory {
  private static final int EVENT_LOOPS = 2;
  private static final long SHUTDOWN_SECONDS = 2;

  private final ClientResources resources;
  private final RedisClient client;
  private final WheelTimer timer = new WheelTimer();
  private final Duration connectTimeout;

  /**
   * Opens no connection yet.
   *
   * @param connectTimeout bound on opening one connection
   */
  public LettuceTransports(Duration connectTimeout) {
    this.connectTimeout = connectTimeout;
    this.resources =
        ClientResources.builder()
            .ioThreadPoolSize(EVENT_LOOPS)
            .computationThreadPoolSize(EVENT_LOOPS)
            .commandLatencyRecorder(CommandLatencyRecorder.disabled())
            .commandLatencyPublisherOptions(DefaultEventPublisherOptions.disabled())
            .build();
    this.client = RedisClient.create(resources);
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .protocolVersion(ProtocolVersion.RESP2)
            .pingBeforeActivateConnection(false)
            .socketOptions(SocketOptions.builder().connectTimeout(connectTimeout).build())
            .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
            .build());
  }

  /** Clients of a cluster over connections of their own. */
  public static ClientFactory clients(ClusterAccess access, CommandMapping mapping) {
    LettuceTransports transports = new LettuceTransports(access.operationTimeout());
    return new ClusterClients(access, mapping, transports, transports.timer());
  }

  /** The timer that belongs to these connections; it ends with them. */
  public Timer timer() {
    return timer;
  }

  @Override
  public Transport open() {
    return new LettuceTransport(this::connect, this::subscriber);
  }

  /**
   * Ends the timer and the event loops, and with them every connection. Nobody waits for the end:
   * the threads are daemons and serve nothing any more.
   */
  @Override
  public void close() {
    timer.close();
    Future<Boolean> unusedFuture = resources.shutdown(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
  }

  /** To prepare a connection takes Lettuce long enough to keep it away from whoever asks for it. */
  private CompletionStage<StatefulRedisConnection<byte[], byte[]>> connect(Endpoint endpoint) {
    return CompletableFuture.completedFuture(uri(endpoint))
        .thenComposeAsync(
            prepared -> client.connectAsync(ByteArrayCodec.INSTANCE, prepared),
            resources.eventExecutorGroup());
  }

  private CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>> subscriber(
      Endpoint endpoint) {
    return CompletableFuture.completedFuture(uri(endpoint))
        .thenComposeAsync(
            prepared -> client.connectPubSubAsync(ByteArrayCodec.INSTANCE, prepared),
            resources.eventExecutorGroup());
  }

  private RedisURI uri(Endpoint endpoint) {
    RedisURI uri =
        RedisURI.Builder.redis(endpoint.host(), endpoint.port())
            .withTimeout(connectTimeout)
            .build();
    uri.setLibraryName("");
    uri.setLibraryVersion("");
    return uri;
  }
}
