package io.shardquake.harness.target;

import io.shardquake.faults.NodeStatus;
import io.shardquake.faults.NodeStatus.State;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * What nodes do that can only be asked slowly: asked again and again by a thread of its own, so
 * that the answer is at hand. What is told is as old as the last look. Thread-safe.
 */
final class WatchedNodes implements AutoCloseable {
  /** How long something that was asked for may take to show. */
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private static final long LOOK_MILLIS = 500;

  private final List<String> nodes;
  private final Look look;
  private final Map<String, NodeStatus> last = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread own = new Thread(task, "node-watch");
            own.setDaemon(true);
            return own;
          });

  /** Asks for one node. Blocks. */
  @FunctionalInterface
  interface Look {
    /** What it does now; DEAD if it cannot be found out. */
    NodeStatus at(String node);
  }

  WatchedNodes(List<String> nodes, Look look) {
    this.nodes = List.copyOf(nodes);
    this.look = look;
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(this::lookAtAll, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void lookAtAll() {
    nodes.forEach(this::lookAt);
  }

  private NodeStatus lookAt(String node) {
    NodeStatus status = look.at(node);
    last.put(node, status);
    return status;
  }

  /** What it did when it was last looked at; looks if it never was. */
  NodeStatus status(String node) {
    NodeStatus known = last.get(node);
    return known == null ? lookAt(node) : known;
  }

  /** Returns when the node is seen in this state. Fails in one line if it is not in time. */
  void await(String node, State expected) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      State seen = lookAt(node).state();
      if (seen == expected) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new IOException(
            node + " is " + seen + ", and not " + expected + ", after " + LIMIT.toSeconds() + " s");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS / 5);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
