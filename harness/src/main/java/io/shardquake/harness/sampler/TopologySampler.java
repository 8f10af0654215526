package io.shardquake.harness.sampler;

import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.faults.ClusterControl;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every node for its view of the cluster at a fixed interval and hands each answer, or the
 * reason why there was none, to a sink as it arrives. The nodes are asked independently: one that
 * does not answer delays only its own next sample. Thread-safe.
 *
 * <p>The sink is called by one thread at a time and not after {@link #close} has returned. If it
 * throws, that is logged and sampling ends.
 */
public final class TopologySampler implements AutoCloseable {
  /** How often each node is asked unless told otherwise. */
  public static final Duration INTERVAL = Duration.ofMillis(250);

  private static final Logger LOG = LoggerFactory.getLogger(TopologySampler.class);

  private final ClusterControl cluster;
  private final Consumer<TopologySample> sink;
  private final Set<String> waiting = Collections.synchronizedSet(new HashSet<>());
  private final Object recording = new Object();
  private final ScheduledExecutorService ticks;
  private final Future<?> ticking;
  private boolean closed;

  private TopologySampler(
      ClusterControl cluster, Duration interval, Consumer<TopologySample> sink) {
    this.cluster = cluster;
    this.sink = sink;
    this.ticks =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "topology-sampler");
              thread.setDaemon(true);
              return thread;
            });
    this.ticking =
        ticks.scheduleAtFixedRate(this::askIdleNodes, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Starts sampling. */
  public static TopologySampler start(
      ClusterControl cluster, Duration interval, Consumer<TopologySample> sink) {
    return new TopologySampler(cluster, interval, sink);
  }

  /** Asks all nodes once more, beside the interval; completes when every answer is recorded. */
  public CompletableFuture<Void> sampleOnce() {
    return CompletableFuture.allOf(
        cluster.nodes().stream().map(this::ask).toArray(CompletableFuture[]::new));
  }

  private void askIdleNodes() {
    cluster.nodes().stream().filter(waiting::add).forEach(this::askIdle);
  }

  private void askIdle(String node) {
    CompletionStage<Void> answered = ask(node);
    answered.thenRun(() -> waiting.remove(node));
  }

  private CompletableFuture<Void> ask(String node) {
    return cluster.view(node).toCompletableFuture().thenAccept(this::record);
  }

  private void record(TopologySample sample) {
    synchronized (recording) {
      if (closed) {
        return;
      }
      try {
        sink.accept(sample);
      } catch (RuntimeException e) {
        LOG.error("topology samples can no longer be recorded: {}", e.getMessage());
        closed = true;
        ticking.cancel(false);
      }
    }
  }

  /** Ends sampling; an answer that arrives later is dropped. */
  @Override
  public void close() {
    ticking.cancel(false);
    ticks.shutdown();
    synchronized (recording) {
      closed = true;
    }
  }
}
