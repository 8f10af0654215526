package io.shardquake.harness.target;

import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.LastingConnection;
import io.shardquake.harness.cluster.NodeAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Clients that write a few keys of every slot range to every node, whoever owns them: what is not
 * meant for a node it redirects, and what it does not answer nobody misses. Faults need traffic to
 * leave a trace in.
 */
final class SteadyWrites implements AutoCloseable {
  /** So many that slots which have moved away do not leave a master without any. */
  private static final int KEYS = 400;

  private static final int KEYS_A_ROUND = 10;
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final ClusterConnections connections = new ClusterConnections(Duration.ofSeconds(1));
  private final List<LastingConnection> nodes = new ArrayList<>();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private int round;

  SteadyWrites(RunningCluster cluster) {
    for (NodeEndpoint node : cluster.endpoints()) {
      nodes.add(new LastingConnection(connections, new NodeAddress(node.host(), node.port())));
    }
    ScheduledFuture<?> unused =
        clock.scheduleWithFixedDelay(this::write, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void write() {
    round++;
    for (int i = 0; i < KEYS_A_ROUND; i++) {
      write((round * KEYS_A_ROUND + i) % KEYS);
    }
  }

  private void write(int key) {
    for (LastingConnection node : nodes) {
      var connection = node.get();
      CompletableFuture<?> unused =
          connection
              .thenCompose(
                  open ->
                      open.within(Duration.ofSeconds(1))
                          .reply("SET", List.of("key-" + key, "value-" + round)))
              .exceptionally(
                  lost -> {
                    if (!String.valueOf(lost.getMessage()).contains("MOVED")) {
                      node.discard(connection);
                    }
                    return null;
                  });
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    nodes.forEach(LastingConnection::close);
    connections.close();
  }
}
