package io.shardquake.faults.nemesis;

import io.shardquake.faults.ClusterControl;
import io.shardquake.faults.plan.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One fault that is being injected, and all that its injector may use.
 *
 * @param number of the fault in its plan
 * @param fault what to do
 * @param nodes whom its selector resolved to, at least one
 * @param cluster the cluster
 * @param processes through which processes are to be ended, paused, and brought back
 * @param network through which the network is to be made to go wrong
 * @param settings through which running nodes are to be configured otherwise
 * @param shims through which operating systems are to be made to misbehave
 * @param waits for everything that takes time
 * @param bounds how long to wait
 * @param ending completes when the fault is to end early, because the run ends
 */
public record Injection(
    int number,
    Fault fault,
    List<String> nodes,
    ClusterControl cluster,
    NodeProcesses processes,
    NetworkFaults network,
    NodeSettings settings,
    NodeShims shims,
    Waits waits,
    Bounds bounds,
    CompletionStage<Void> ending) {
  public Injection {
    nodes = List.copyOf(nodes);
  }

  /** Lets time pass, less if the run ends before. */
  public CompletionStage<Void> pass(Duration time) {
    return CompletableFuture.anyOf(
            waits.pass(time).toCompletableFuture(), ending.toCompletableFuture())
        .thenApply(any -> null);
  }

  /** Whether the run ends and the fault with it. */
  public boolean isEnding() {
    return ending.toCompletableFuture().isDone();
  }

  /** What each node has to say when it is asked. */
  public Probe probe() {
    return new Probe(cluster, waits, bounds);
  }

  /** How to let go of a node's process. */
  public Recovery recovery() {
    return new Recovery(processes, probe(), waits, bounds);
  }
}
