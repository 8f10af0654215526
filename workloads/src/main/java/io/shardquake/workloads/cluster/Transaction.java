package io.shardquake.workloads.cluster;

import io.shardquake.workloads.client.OperationError;
import io.shardquake.workloads.protocol.Command;
import io.shardquake.workloads.protocol.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A turn that performs the operation by commands between MULTI and EXEC, all sent in one go.
 *
 * <p>Nothing of it was executed if EXEC gave an error and every command before was either queued or
 * refused; then the first refusal says why, since EXEC then only says that there was one. EXEC
 * itself is refused if the slot moved away after the commands had been queued.
 *
 * @param commands MULTI, the commands, EXEC
 * @param reading what EXEC's replies to the commands, none of them an error, mean
 */
public record Transaction(List<Command> commands, Function<List<Reply>, Turn.Next> reading)
    implements Turn {
  /** A transaction of these commands. */
  public static Transaction of(List<Command> body, Function<List<Reply>, Turn.Next> reading) {
    List<Command> commands = new ArrayList<>(body.size() + 2);
    commands.add(Command.MULTI);
    commands.addAll(body);
    commands.add(Command.EXEC);
    return new Transaction(List.copyOf(commands), reading);
  }

  @Override
  public boolean performs() {
    return true;
  }

  @Override
  public Next after(List<Reply> replies) {
    int last = replies.size() - 1;
    if (replies.get(0) instanceof Reply.Failure refusal) {
      return withoutTransaction(refusal, replies);
    }
    Reply executed = replies.get(last);
    if (executed instanceof Reply.Failure failure) {
      return new Next.Refused(firstFailure(replies.subList(0, last)).orElse(failure).message());
    }
    if (executed == Reply.Absent.ABSENT) {
      return new Next.NotDone(OperationError.CAS_CONFLICT);
    }
    if (executed instanceof Reply.Array array && array.items().size() == last - 1) {
      return executed(array.items());
    }
    return new Next.Open(OperationError.UNEXPECTED_REPLY);
  }

  /** A command that fails within a transaction does not keep the others from being executed. */
  private Next executed(List<Reply> items) {
    Optional<Reply.Failure> failure = firstFailure(items);
    if (failure.isEmpty()) {
      return reading.apply(items);
    }
    return allFailed(items)
        ? new Next.Refused(failure.get().message())
        : new Next.Open(OperationError.BROKEN_TRANSACTION);
  }

  /** MULTI was refused: then every command was executed by itself unless it was refused as well. */
  private static Next withoutTransaction(Reply.Failure refusal, List<Reply> replies) {
    return allFailed(replies)
        ? new Next.Refused(refusal.message())
        : new Next.Open(OperationError.BROKEN_TRANSACTION);
  }

  private static boolean allFailed(List<Reply> replies) {
    return replies.stream().allMatch(reply -> reply instanceof Reply.Failure);
  }

  private static Optional<Reply.Failure> firstFailure(List<Reply> replies) {
    return replies.stream()
        .filter(Reply.Failure.class::isInstance)
        .map(Reply.Failure.class::cast)
        .findFirst();
  }
}
