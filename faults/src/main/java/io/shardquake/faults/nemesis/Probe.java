package io.shardquake.faults.nemesis;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.faults.ClusterControl;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Asks nodes, and does not wait long for an answer. */
public final class Probe {
  private final ClusterControl cluster;
  private final Waits waits;
  private final Bounds bounds;

  Probe(ClusterControl cluster, Waits waits, Bounds bounds) {
    this.cluster = cluster;
    this.waits = waits;
    this.bounds = bounds;
  }

  /**
   * What a node made of a PING.
   *
   * @param answered whether it said anything
   * @param text what it said, or why there is no answer
   */
  public record Ping(boolean answered, String text) {}

  /** Sends a PING. Never fails. */
  public CompletionStage<Ping> ping(String node) {
    return ping(node, bounds.answer());
  }

  /** Sends a PING to a node that is expected to be silent. Never fails. */
  public CompletionStage<Ping> pingTheSilent(String node) {
    return ping(node, bounds.silence());
  }

  private CompletionStage<Ping> ping(String node, Duration bound) {
    return waits
        .within(bound, "the answer to PING", () -> cluster.command(node, List.of("PING")))
        .thenApply(reply -> new Ping(true, text(reply)))
        .exceptionally(failure -> new Ping(false, Reason.of(failure)));
  }

  /** The text of a section of INFO. Fails if the node does not answer. */
  public CompletionStage<String> info(String node, String section) {
    return waits
        .within(bounds.answer(), "INFO", () -> cluster.command(node, List.of("INFO", section)))
        .thenApply(Probe::text);
  }

  /** The node's view of the cluster. Fails if the node does not answer. */
  public CompletionStage<TopologySample> view(String node) {
    return waits.within(bounds.answer(), "the node's view", () -> cluster.view(node));
  }

  private static String text(Value reply) {
    return reply instanceof Value.Text text ? text.value() : reply.toString();
  }
}
