package io.shardquake.workloads.cluster;

import io.shardquake.workloads.protocol.Command;
import io.shardquake.workloads.protocol.Reply;
import java.util.List;
import java.util.function.Function;

/**
 * A turn of one command that performs the whole operation.
 *
 * @param commands the command
 * @param reading what a reply other than an error means
 */
public record SingleCommand(List<Command> commands, Function<Reply, Turn.Next> reading)
    implements Turn {
  /** A conversation that consists of one command. */
  public static Conversation on(int slot, Command command, Function<Reply, Turn.Next> reading) {
    return new Conversation(slot, new SingleCommand(List.of(command), reading));
  }

  @Override
  public boolean performs() {
    return true;
  }

  @Override
  public Next after(List<Reply> replies) {
    Reply reply = replies.get(0);
    return reply instanceof Reply.Failure failure
        ? new Next.Refused(failure.message())
        : reading.apply(reply);
  }
}
