package io.shardquake.faults.nemesis;

import io.shardquake.faults.ClusterControl;
import io.shardquake.faults.NodeStatus;
import io.shardquake.faults.NodeStatus.State;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What faults that overlap want of the nodes' processes, added up: a node is kept down as long as
 * at least one fault wants it down, and kept paused as long as at least one wants it paused.
 *
 * <pre>
 *   fault 0, kill     |-------------------|
 *   fault 1, kill                 |-------------------|
 *   process       ____             ____________________ ______
 *                     (dead from the first kill to the last end)
 * </pre>
 *
 * A pause ends with the process that it holds: a node that is killed while paused comes back
 * unpaused. What is done to one node is done one thing after the other, in the order of the calls;
 * nodes do not wait for each other. To be called on the scheduler's thread, where all stages
 * complete; all are bounded.
 */
public final class NodeProcesses {
  private final ClusterControl cluster;
  private final Waits waits;
  private final Bounds bounds;
  private final Map<String, Node> nodes = new TreeMap<>();

  NodeProcesses(ClusterControl cluster, Waits waits, Bounds bounds) {
    this.cluster = cluster;
    this.waits = waits;
    this.bounds = bounds;
    cluster.nodes().forEach(name -> nodes.put(name, new Node()));
  }

  private static final class Node {
    final TreeSet<Integer> down = new TreeSet<>();
    final TreeSet<Integer> paused = new TreeSet<>();
    CompletionStage<?> last = CompletableFuture.completedStage(Optional.empty());
  }

  /** How a process is ended. */
  public enum Ending {
    /** Without warning, also if it is paused. */
    KILL,
    /** In an orderly way, which a paused process cannot follow: then the stage fails. */
    STOP
  }

  /**
   * Ends a node's process, if it has one, and wants it down from now on.
   *
   * @return its status before
   */
  public CompletionStage<NodeStatus> end(int fault, String name, Ending ending) {
    Node node = node(name);
    return inTurn(
        node,
        () -> {
          NodeStatus before = cluster.status(name);
          if (before.state() == State.PAUSED && ending == Ending.STOP) {
            return CompletableFuture.failedStage(
                new IllegalStateException(
                    "process " + before.pid() + " is paused and cannot end in an orderly way"));
          }
          node.down.add(fault);
          node.paused.clear();
          if (before.state() == State.DEAD) {
            return CompletableFuture.completedStage(before);
          }
          return waits
              .within(
                  bounds.ending(),
                  "the end of process " + before.pid(),
                  () -> ending == Ending.KILL ? cluster.kill(name) : cluster.stop(name))
              .thenApply(done -> before);
        });
  }

  /**
   * No longer wants a node down, and starts it unless another fault still does.
   *
   * @return its status after
   */
  public CompletionStage<NodeStatus> bringBack(int fault, String name) {
    Node node = node(name);
    return inTurn(
        node,
        () -> {
          node.down.remove(fault);
          return node.down.isEmpty() ? startIfDead(name) : now(name);
        });
  }

  /**
   * Pauses a node's process, if it has one that runs, and wants it paused from now on.
   *
   * @return its status before
   */
  public CompletionStage<NodeStatus> pause(int fault, String name) {
    Node node = node(name);
    return inTurn(
        node,
        () -> {
          NodeStatus before = cluster.status(name);
          if (before.state() == State.DEAD) {
            return CompletableFuture.completedStage(before);
          }
          node.paused.add(fault);
          return before.state() == State.PAUSED
              ? CompletableFuture.completedStage(before)
              : waits
                  .within(
                      bounds.ending(),
                      "the stop of process " + before.pid(),
                      () -> cluster.pause(name))
                  .thenApply(done -> before);
        });
  }

  /**
   * No longer wants a node paused, and lets it go on unless another fault still does.
   *
   * @return its status after
   */
  public CompletionStage<NodeStatus> resume(int fault, String name) {
    Node node = node(name);
    return inTurn(
        node,
        () -> {
          node.paused.remove(fault);
          return node.paused.isEmpty() ? resumeIfPaused(name) : now(name);
        });
  }

  /**
   * Forgets what any fault wants of a node, lets its process go on, and starts it if it has none.
   *
   * @return its status after
   */
  CompletionStage<NodeStatus> restore(String name) {
    Node node = node(name);
    return inTurn(
        node,
        () -> {
          node.down.clear();
          node.paused.clear();
          return resumeIfPaused(name).thenCompose(resumed -> startIfDead(name));
        });
  }

  /** A fault that wants this node down, if there is one. */
  public Optional<Integer> downFor(String name) {
    return node(name).down.stream().findFirst();
  }

  /** A fault that wants this node paused, if there is one. */
  public Optional<Integer> pausedFor(String name) {
    return node(name).paused.stream().findFirst();
  }

  private CompletionStage<NodeStatus> startIfDead(String name) {
    return cluster.status(name).state() != State.DEAD
        ? now(name)
        : waits
            .within(bounds.starting(), "the start of " + name, () -> cluster.start(name))
            .thenCompose(started -> now(name));
  }

  private CompletionStage<NodeStatus> resumeIfPaused(String name) {
    return cluster.status(name).state() != State.PAUSED
        ? now(name)
        : waits
            .within(bounds.ending(), "the continuation of " + name, () -> cluster.resume(name))
            .thenCompose(resumed -> now(name));
  }

  private CompletionStage<NodeStatus> now(String name) {
    return CompletableFuture.completedStage(cluster.status(name));
  }

  private <T> CompletionStage<T> inTurn(Node node, Supplier<CompletionStage<T>> step) {
    CompletionStage<T> turn =
        node.last
            .handle((outcome, failure) -> Optional.empty())
            .thenCompose(previous -> step.get());
    node.last = turn;
    return turn;
  }

  private Node node(String name) {
    Node node = nodes.get(name);
    if (node == null) {
      throw new IllegalArgumentException("the cluster has no node " + name);
    }
    return node;
  }
}
