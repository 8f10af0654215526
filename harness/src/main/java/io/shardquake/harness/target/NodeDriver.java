package io.shardquake.harness.target;

import io.shardquake.faults.NodeStatus;
import java.io.IOException;

/**
 * What runs the nodes of a cluster, and can stop them from running. All but {@link #status} may
 * block, and fail with a one-line message. Thread-safe.
 */
interface NodeDriver extends AutoCloseable {
  /** The node now. Returns at once. */
  NodeStatus status(String node);

  /** Ends the node without warning; returns when it is gone. */
  void kill(String node) throws IOException, InterruptedException;

  /** Ends the node in an orderly way; returns when it is gone. */
  void stop(String node) throws IOException, InterruptedException;

  /** Starts a dead node on what it left; returns when it answers PING. */
  void start(String node) throws IOException, InterruptedException;

  /** Stops the node from running; returns when it has stopped. */
  void pause(String node) throws IOException, InterruptedException;

  /** Lets a paused node go on; returns when it runs. */
  void resume(String node) throws IOException, InterruptedException;

  /** Takes the node off its network; returns when that is done. */
  default void disconnect(String node) throws IOException, InterruptedException {
    throw new IOException("nobody can take " + node + " off its network");
  }

  /** Puts the node on its network again; returns when that is done. */
  default void connect(String node) throws IOException, InterruptedException {
    throw new IOException("nobody can put " + node + " on its network");
  }

  /**
   * Lets the node use no more than this share of a processor.
   *
   * @param share 0 for as much as there is
   */
  default void limitProcessor(String node, double share) throws IOException, InterruptedException {
    throw new IOException("nobody can limit the processor time of " + node);
  }

  /** Ends all nodes that it started; returns when they are gone. Idempotent. */
  @Override
  void close();
}
