package io.shardquake.faults;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.faults.disk.NodeFiles;
import io.shardquake.faults.disk.Shim;
import io.shardquake.faults.network.Network;
import io.shardquake.faults.slots.SlotAdministration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What a nemesis may ask of a cluster. Every method returns at once; a stage that fails carries a
 * one-line reason. Thread-safe.
 */
public interface ClusterControl {
  /** Names of all nodes in a fixed order. */
  List<String> nodes();

  /** What this cluster can have done to it. */
  Capabilities capabilities();

  /** The node's process now, asked of the operating system and not of memory. */
  NodeStatus status(String node);

  /** The node's own view of the cluster, or why it did not answer. Never fails. */
  CompletionStage<TopologySample> view(String node);

  /**
   * Sends one command to the node, once, and completes with its reply: {@code Text} for simple and
   * bulk strings, {@code Int}, {@code Sequence} for arrays, {@code nil}. Fails when the node cannot
   * be reached, answers with an error (the reason is the error line as sent), or does not answer
   * within the target's own bound.
   *
   * @param words the command's name and its arguments
   */
  CompletionStage<Value> command(String node, List<String> words);

  /**
   * What connects the nodes with each other and with clients; empty where it cannot be made to go
   * wrong.
   */
  default Optional<Network> network() {
    return Optional.empty();
  }

  /** Who moves slots; empty where nobody can. */
  default Optional<SlotAdministration> slots() {
    return Optional.empty();
  }

  /** What this node keeps on disk; empty where it cannot be reached. */
  default Optional<NodeFiles> files(String node) {
    return Optional.empty();
  }

  /** What stands between this node and its operating system; empty where nothing does. */
  default Optional<Shim> shim(String node) {
    return Optional.empty();
  }

  /** Ends the process without warning (SIGKILL); completes when it is gone. */
  CompletionStage<Void> kill(String node);

  /** Ends the process in an orderly way (SIGTERM); completes when it is gone. */
  CompletionStage<Void> stop(String node);

  /** Starts a dead node on the data it left; completes when it answers PING. */
  CompletionStage<Void> start(String node);

  /** Stops the process from running (SIGSTOP); completes when it has stopped. */
  CompletionStage<Void> pause(String node);

  /** Lets a paused process go on (SIGCONT); completes when it runs. */
  CompletionStage<Void> resume(String node);

  /** Takes the node off its network; completes when that is done. */
  default CompletionStage<Void> disconnect(String node) {
    return CompletableFuture.failedStage(
        new UnsupportedOperationException("nobody can take " + node + " off its network"));
  }

  /** Puts the node on its network again; completes when that is done. */
  default CompletionStage<Void> connect(String node) {
    return CompletableFuture.failedStage(
        new UnsupportedOperationException("nobody can put " + node + " on its network"));
  }

  /**
   * Lets the node use no more than this share of a processor.
   *
   * @param share 0 for as much as there is
   */
  default CompletionStage<Void> limitProcessor(String node, double share) {
    return CompletableFuture.failedStage(
        new UnsupportedOperationException("nobody can limit the processor time of " + node));
  }
}
