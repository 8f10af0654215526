package io.shardquake.workloads.cluster;

import io.shardquake.workloads.protocol.Command;
import io.shardquake.workloads.protocol.Reply;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands for a node that is importing the slot: each is preceded by ASKING, which holds for the
 * next command only. MULTI is preceded too, and what follows it up to EXEC is not: Redis keeps the
 * flag for the length of a transaction, and would queue a further ASKING as a command.
 */
final class Asking {
  private Asking() {}

  /** The same commands with ASKING where it is needed. */
  static List<Command> before(List<Command> commands) {
    List<Command> preceded = new ArrayList<>(2 * commands.size());
    boolean queueing = false;
    for (Command command : commands) {
      if (needsAsking(command, queueing)) {
        preceded.add(Command.ASKING);
      }
      queueing = queueing ? command != Command.EXEC : command == Command.MULTI;
      preceded.add(command);
    }
    return preceded;
  }

  /** The replies to {@link #before}, without those to ASKING. */
  static List<Reply> removeReplies(List<Command> commands, List<Reply> replies) {
    List<Reply> kept = new ArrayList<>(commands.size());
    boolean queueing = false;
    int position = 0;
    for (Command command : commands) {
      position += needsAsking(command, queueing) ? 1 : 0;
      queueing = queueing ? command != Command.EXEC : command == Command.MULTI;
      kept.add(replies.get(position));
      position++;
    }
    return kept;
  }

  private static boolean needsAsking(Command command, boolean queueing) {
    return !queueing && (command.isKeyed() || command == Command.MULTI);
  }
}
