package io.shardquake.harness.cluster;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Opens connections to single nodes for administration and observation. Nothing is sent that a
 * server of Redis 3.2's time would refuse, nothing is ever sent twice, and a connection that broke
 * stays broken: whoever holds it decides whether to open another. Thread-safe.
 */
public final class ClusterConnections implements AutoCloseable {
  private static final int THREADS = 2;
  private static final long SHUTDOWN_SECONDS = 2;

  private final Duration timeout;
  private final Optional<Credentials> credentials;
  private Optional<Driver> driver = Optional.empty();
  private boolean closed;

  private record Driver(ClientResources resources, RedisClient client) {}

  /**
   * Opens nothing yet. Loading the driver takes a good part of a second, which is better spent
   * while servers that were just started are busy with themselves, too.
   *
   * @param timeout how long connecting may take, and how long each request may go unanswered
   */
  public ClusterConnections(Duration timeout) {
    this(timeout, Optional.empty());
  }

  /**
   * @param timeout how long connecting may take, and how long each request may go unanswered
   * @param credentials what to tell each server first
   */
  public ClusterConnections(Duration timeout, Optional<Credentials> credentials) {
    this.timeout = timeout;
    this.credentials = credentials;
  }

  public Optional<Credentials> credentials() {
    return credentials;
  }

  /** Connects without blocking; fails if that takes longer than the time-out, or after closing. */
  public CompletableFuture<NodeConnection> connect(NodeAddress address) {
    RedisURI.Builder builder =
        RedisURI.builder().withHost(address.host()).withPort(address.port()).withTimeout(timeout);
    credentials.ifPresent(known -> authenticate(builder, known));
    RedisURI uri = builder.build();
    // Without a library name the driver does not introduce itself by CLIENT SETINFO, which servers
    // before 7.2 answer with an error.
    uri.setLibraryName(null);
    uri.setLibraryVersion(null);
    try {
      return client()
          .connectAsync(StringCodec.UTF8, uri)
          .toCompletableFuture()
          .thenApply(connection -> new NodeConnection(address, connection, timeout));
    } catch (IllegalStateException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static void authenticate(RedisURI.Builder uri, Credentials credentials) {
    char[] password = credentials.password().toCharArray();
    credentials
        .user()
        .ifPresentOrElse(
            user -> uri.withAuthentication(user, password), () -> uri.withPassword(password));
  }

  private synchronized RedisClient client() {
    if (closed) {
      throw new IllegalStateException("the connections were closed");
    }
    Driver open = driver.orElseGet(this::load);
    driver = Optional.of(open);
    return open.client();
  }

  private Driver load() {
    ClientResources resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(THREADS)
            .computationThreadPoolSize(THREADS)
            .addressResolverGroup(DefaultAddressResolverGroup.INSTANCE)
            .commandLatencyRecorder(CommandLatencyRecorder.disabled())
            .build();
    RedisClient client = RedisClient.create(resources);
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .pingBeforeActivateConnection(false)
            .protocolVersion(ProtocolVersion.RESP2)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .socketOptions(SocketOptions.builder().connectTimeout(timeout).build())
            .build());
    return new Driver(resources, client);
  }

  /** Closes all connections that were opened here. */
  @Override
  public synchronized void close() {
    closed = true;
    driver.ifPresent(ClusterConnections::shutDown);
    driver = Optional.empty();
  }

  private static void shutDown(Driver driver) {
    driver.client().shutdown(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    driver
        .resources()
        .shutdown(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
  }
}
