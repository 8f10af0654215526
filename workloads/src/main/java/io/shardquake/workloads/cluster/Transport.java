package io.shardquake.workloads.cluster;

import io.shardquake.workloads.client.OperationError;
import io.shardquake.workloads.protocol.Command;
import io.shardquake.workloads.protocol.Reply;
import java.util.List;

/**
 * One process's connections, one to each node at most, opened when first needed. It carries one
 * batch of commands at a time and never sends one twice. Not thread-safe, but successive calls may
 * come from different threads.
 */
public interface Transport extends AutoCloseable {
  /**
   * Sends commands in one go and calls the receiver exactly once, from any thread, possibly before
   * this returns.
   */
  void send(Endpoint to, List<Command> batch, Receiver receiver);

  /**
   * Subscribes to a channel over a connection of its own, which is closed afterwards, and gathers
   * what is published there until {@link #leave}, or until the node itself ends the subscription.
   * Then the receiver is answered, exactly once: with the confirmation and the messages, or with
   * the error that refused the subscription. A batch or a listening is under way, not both.
   */
  void listen(Endpoint to, Listening listening, Receiver receiver);

  /**
   * Ends the listening that is under way, if any: its receiver is answered once the node has
   * confirmed that no more messages follow.
   */
  void leave();

  /**
   * Gives up the batch or the listening that is under way, if any: its receiver is told before this
   * returns, unless it has been or is being told already. The connection is closed if the commands
   * may have left, so that a late answer is nobody's.
   */
  void abandon(OperationError reason);

  /** Closes all connections without waiting, and abandons the batch under way. */
  @Override
  void close();

  /** Is told what became of a batch. */
  interface Receiver {
    /** Every command was answered, in order. */
    void answered(List<Reply> replies);

    /**
     * Not every command was answered, and none will be.
     *
     * @param mayHaveLeft whether any byte may have left; if not, none ever will
     */
    void failed(OperationError error, boolean mayHaveLeft);
  }
}
