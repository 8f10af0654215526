package io.shardquake.harness.bench;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.netty.util.concurrent.Future;
import io.shardquake.harness.target.NodeEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one would write over Lettuce without recording anything: callbacks that send the next
 * command, a connection of each process to each master; no redirections, no time-outs, no
 * attribution, no generator, no history.
 */
final class BareLoop implements AutoCloseable {
  private final ClientResources resources =
      ClientResources.builder().ioThreadPoolSize(2).computationThreadPoolSize(2).build();
  private final RedisClient client = RedisClient.create(resources);
  private final List<List<RedisAsyncCommands<String, String>>> connections = new ArrayList<>();
  private final List<BareRequest> requests;
  private final AtomicLong cursor = new AtomicLong();
  private final LongAdder completed = new LongAdder();
  private volatile boolean running = true;

  /**
   * @param masters in the order to which {@link BareRequest#master} refers
   * @param requests what to ask, again from the beginning when all has been asked
   */
  BareLoop(List<NodeEndpoint> masters, int processes, List<BareRequest> requests) {
    this.requests = requests;
    client.setOptions(ClientOptions.builder().protocolVersion(ProtocolVersion.RESP2).build());
    for (int process = 0; process < processes; process++) {
      connections.add(
          masters.stream()
              .map(node -> client.connect(RedisURI.create(node.host(), node.port())).async())
              .toList());
    }
  }

  void start() {
    connections.forEach(this::next);
  }

  /** Operations that have completed so far. */
  long completed() {
    return completed.sum();
  }

  private void next(List<RedisAsyncCommands<String, String>> own) {
    BareRequest request = requests.get((int) (cursor.getAndIncrement() % requests.size()));
    CompletionStage<?> unusedStage =
        perform(own.get(request.master()), request)
            .whenComplete(
                (reply, failure) -> {
                  completed.increment();
                  if (running) {
                    next(own);
                  }
                });
  }

  private static CompletionStage<?> perform(
      RedisAsyncCommands<String, String> node, BareRequest request) {
    return switch (request.kind()) {
      case READ -> node.get(request.key());
      case WRITE -> node.set(request.key(), request.value());
      case COMPARE -> compare(node, request.key());
      case COMPARE_AND_SET ->
          compare(node, request.key())
              .thenCompose(
                  held -> {
                    CompletionStage<?> unusedBegun = node.multi();
                    CompletionStage<?> unusedSet = node.set(request.key(), request.value());
                    return node.exec();
                  });
    };
  }

  private static CompletionStage<String> compare(
      RedisAsyncCommands<String, String> node, String key) {
    CompletionStage<?> unusedUnwatched = node.unwatch();
    CompletionStage<?> unusedWatched = node.watch(key);
    return node.get(key);
  }

  @Override
  public void close() {
    running = false;
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    Future<Boolean> unusedFuture = resources.shutdown();
  }
}
