package io.shardquake.workloads.append;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.workloads.client.OperationError;
import io.shardquake.workloads.cluster.CommandMapping;
import io.shardquake.workloads.cluster.Conversation;
import io.shardquake.workloads.cluster.Transaction;
import io.shardquake.workloads.cluster.Turn.Next;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.keys.KeyName;
import io.shardquake.workloads.protocol.Command;
import io.shardquake.workloads.protocol.Reply;
import java.util.ArrayList;
import java.util.List;

/** Lists that share a hash tag, and transactions over them, written as Elle has them. */
final class AppendCommands implements CommandMapping {
  /** Takes steps, as {@link #read} and {@link #append} make them; gives them with what was read. */
  static final String TRANSACTION = "txn";

  /** Gives all lists, in order. */
  static final String READ_ALL = "read-all";

  static final int LISTS = 3;

  private static final Value READ = Value.of("r");
  private static final Value APPEND = Value.of("append");

  /** A step that reads a list. */
  static Value read(int list) {
    return Value.of(List.of(READ, Value.of(list), Value.nil()));
  }

  /** A step that appends to a list. */
  static Value append(int list, long element) {
    return Value.of(List.of(APPEND, Value.of(list), Value.of(element)));
  }

  /** Whether a step reads. */
  static boolean isRead(Value step) {
    return part(step, 0).equals(READ);
  }

  /** The list that a step is about. */
  static Value list(Value step) {
    return part(step, 1);
  }

  /** What a step appended, or read once it was carried out. */
  static Value content(Value step) {
    return part(step, 2);
  }

  private static Value part(Value step, int index) {
    return ((Value.Sequence) step).items().get(index);
  }

  @Override
  public Conversation conversation(Request request) {
    int slot = KeySlot.of(KeyName.of(request.key()));
    List<Value> steps =
        switch (request.function()) {
          case TRANSACTION -> ((Value.Sequence) request.value()).items();
          case READ_ALL -> List.of(read(0), read(1), read(2));
          default ->
              throw new IllegalArgumentException("lists have no function " + request.function());
        };
    List<Command> commands = steps.stream().map(step -> command(request.key(), step)).toList();
    return new Conversation(slot, Transaction.of(commands, replies -> done(steps, replies)));
  }

  private static Command command(Value key, Value step) {
    String list = KeyName.within(key, list(step).toString());
    return isRead(step)
        ? Command.keyed("LRANGE", list, "0", "-1")
        : Command.keyed("RPUSH", list, content(step).toString());
  }

  private static Next done(List<Value> steps, List<Reply> replies) {
    List<Value> filled = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Value step = steps.get(i);
      boolean fits =
          isRead(step)
              ? replies.get(i) instanceof Reply.Array
              : replies.get(i) instanceof Reply.Int;
      if (!fits) {
        return new Next.Open(OperationError.UNEXPECTED_REPLY);
      }
      filled.add(
          isRead(step) ? Value.of(List.of(READ, list(step), replies.get(i).toValue())) : step);
    }
    return new Next.Done(Value.of(filled));
  }
}
