package io.shardquake.workloads.lettuce;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.netty.util.concurrent.Future;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.workloads.generator.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one would write over Lettuce without recording anything: no redirections, no time-outs, no
 * attribution; a connection of each process to each master, and the same commands.
 */
final class BareLoop implements ClientBenchmark.Loop {
  private static final int MASTERS = 3;

  private final ClientResources resources =
      ClientResources.builder().ioThreadPoolSize(2).computationThreadPoolSize(2).build();
  private final RedisClient client = RedisClient.create(resources);
  private final List<List<RedisAsyncCommands<String, String>>> connections = new ArrayList<>();
  private final List<RequestMix> mixes;
  private volatile boolean running = true;

  BareLoop(RealNodes nodes, List<RequestMix> mixes) {
    this.mixes = mixes;
    client.setOptions(ClientOptions.builder().protocolVersion(ProtocolVersion.RESP2).build());
    for (int process = 0; process < mixes.size(); process++) {
      List<RedisAsyncCommands<String, String>> own = new ArrayList<>();
      for (int master = 0; master < MASTERS; master++) {
        own.add(client.connect(RedisURI.create("127.0.0.1", nodes.port(master))).async());
      }
      connections.add(own);
    }
  }

  @Override
  public void start(LongAdder completed) {
    for (int process = 0; process < connections.size(); process++) {
      next(connections.get(process), mixes.get(process), completed);
    }
  }

  private void next(
      List<RedisAsyncCommands<String, String>> own, RequestMix mix, LongAdder completed) {
    CompletionStage<?> unusedStage =
        perform(own, mix.next())
            .whenComplete(
                (reply, failure) -> {
                  completed.increment();
                  if (running) {
                    next(own, mix, completed);
                  }
                });
  }

  private static CompletionStage<?> perform(
      List<RedisAsyncCommands<String, String>> own, Request request) {
    String key = ((Value.Text) request.key()).value();
    int share = 16384 / MASTERS;
    RedisAsyncCommands<String, String> node =
        own.get(Math.min(KeySlot.of(key) / share, MASTERS - 1));
    return switch (request.function()) {
      case "read" -> node.get(key);
      case "write" -> node.set(key, request.value().toString());
      default -> compareAndSet(node, key, ((Value.Sequence) request.value()).items());
    };
  }

  private static CompletionStage<?> compareAndSet(
      RedisAsyncCommands<String, String> node, String key, List<Value> pair) {
    CompletionStage<?> unusedUnwatched = node.unwatch();
    CompletionStage<?> unusedWatched = node.watch(key);
    return node.get(key)
        .thenCompose(
            held -> {
              if (!pair.get(0).toString().equals(held)) {
                throw new IllegalStateException("compare-and-set of " + key + " found " + held);
              }
              CompletionStage<?> unusedBegun = node.multi();
              CompletionStage<?> unusedSet = node.set(key, pair.get(1).toString());
              return node.exec();
            });
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    Future<Boolean> unusedFuture = resources.shutdown();
  }
}
