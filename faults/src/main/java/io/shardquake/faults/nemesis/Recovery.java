package io.shardquake.faults.nemesis;

import io.shardquake.checkers.history.Value;
import io.shardquake.faults.NodeStatus;
import io.shardquake.faults.NodeStatus.State;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Lets go of a node's process, and proves that it runs and answers again, or that another fault has
 * reason to keep it from that.
 */
public final class Recovery {
  private final NodeProcesses processes;
  private final Probe probe;
  private final Waits waits;
  private final Bounds bounds;

  Recovery(NodeProcesses processes, Probe probe, Waits waits, Bounds bounds) {
    this.processes = processes;
    this.probe = probe;
    this.waits = waits;
    this.bounds = bounds;
  }

  /**
   * Lets go, again and again if need be. Never fails.
   *
   * @param letGo a method of {@link NodeProcesses} that brings the node back or lets it go on
   */
  public CompletionStage<Effect> of(String node, Supplier<CompletionStage<NodeStatus>> letGo) {
    return waits
        .until(
            bounds.healing(),
            bounds.poll(),
            () -> letGo.get().thenCompose(status -> judge(node, status)))
        .exceptionally(failure -> Effect.wanting(node, failure));
  }

  private CompletionStage<Waits.Attempt<Effect>> judge(String node, NodeStatus status) {
    Optional<String> keeper =
        processes
            .downFor(node)
            .map(other -> "left down, as fault " + other + " wants it")
            .or(
                () ->
                    processes
                        .pausedFor(node)
                        .map(other -> "left paused, as fault " + other + " wants it"));
    if (keeper.isPresent()) {
      return CompletableFuture.completedStage(Waits.Attempt.of(Effect.proven(node, keeper.get())));
    }
    return probe.ping(node).thenApply(ping -> judge(node, status, ping));
  }

  private static Waits.Attempt<Effect> judge(String node, NodeStatus status, Probe.Ping ping) {
    if (status.state() != State.RUNNING) {
      return Waits.Attempt.wanting("its process is " + status.state());
    }
    if (!ping.answered()) {
      return Waits.Attempt.wanting(
          "process " + status.pid() + " runs, but does not answer PING: " + ping.text());
    }
    return Waits.Attempt.of(
        Effect.proven(node, "process " + status.pid() + " runs and answers PING")
            .with("pid", Value.of(status.pid())));
  }
}
