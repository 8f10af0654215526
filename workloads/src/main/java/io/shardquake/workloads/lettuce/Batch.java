package io.shardquake.workloads.lettuce;

import io.shardquake.workloads.client.OperationError;
import io.shardquake.workloads.cluster.Transport;
import io.shardquake.workloads.protocol.Command;
import io.shardquake.workloads.protocol.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Commands under way together, and the proof of whether any byte of them may have left: Lettuce has
 * each command write its own bytes, so a batch that was never asked to write has not left, and one
 * that has ended refuses to write. Thread-safe.
 *
 * <pre>
 *   FRESH ──asked to write──► LEAVING ──last reply──► ENDED (answered)
 *     └──────failure or abandoned──┴─────────────────► ENDED (failed)
 * </pre>
 */
final class Batch {
  private enum State {
    FRESH,
    LEAVING,
    ENDED
  }

  private final List<BatchedCommand> commands;
  private final Transport.Receiver receiver;
  private final AtomicReference<State> state = new AtomicReference<>(State.FRESH);

  /** Touched by the connection's event loop only. */
  private int answered;

  Batch(List<Command> commands, Transport.Receiver receiver) {
    this.receiver = receiver;
    if (commands.size() == 1) {
      this.commands = List.of(new BatchedCommand(this, commands.get(0)));
    } else {
      this.commands = commands.stream().map(command -> new BatchedCommand(this, command)).toList();
    }
  }

  List<BatchedCommand> commands() {
    return commands;
  }

  boolean isEnded() {
    return state.get() == State.ENDED;
  }

  /** Whether a command may write its bytes now. From here on bytes may have left. */
  boolean leave() {
    return state.compareAndSet(State.FRESH, State.LEAVING) || state.get() == State.LEAVING;
  }

  /** A command's reply is complete. */
  void commandAnswered() {
    answered++;
    if (answered == commands.size() && state.compareAndSet(State.LEAVING, State.ENDED)) {
      receiver.answered(replies());
    }
  }

  /**
   * Ends without all replies, if it has not ended yet.
   *
   * @return whether bytes may have left for which a reply may still come
   */
  boolean fail(OperationError error) {
    State before = state.getAndSet(State.ENDED);
    if (before == State.ENDED) {
      return false;
    }
    boolean mayHaveLeft = before == State.LEAVING;
    receiver.failed(error, mayHaveLeft);
    return mayHaveLeft;
  }

  private List<Reply> replies() {
    if (commands.size() == 1) {
      return List.of(commands.get(0).reply());
    }
    List<Reply> replies = new ArrayList<>(commands.size());
    for (BatchedCommand command : commands) {
      replies.add(command.reply());
    }
    return replies;
  }
}
