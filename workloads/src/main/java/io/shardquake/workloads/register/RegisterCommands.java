package io.shardquake.workloads.register;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.workloads.client.OperationError;
import io.shardquake.workloads.cluster.CommandMapping;
import io.shardquake.workloads.cluster.Conversation;
import io.shardquake.workloads.cluster.SingleCommand;
import io.shardquake.workloads.cluster.Turn;
import io.shardquake.workloads.cluster.Turn.Next;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.protocol.Command;
import io.shardquake.workloads.protocol.Reply;

/**
 * Registers as Redis strings: GET, SET, and compare-and-set by an optimistic transaction.
 *
 * @param stored how values are kept
 */
record RegisterCommands(StoredValue stored) implements CommandMapping {
  static final String READ = "read";
  static final String WRITE = "write";
  static final String CAS = "cas";

  @Override
  public Conversation conversation(Request request) {
    String key = name(request.key());
    int slot = KeySlot.of(key);
    return switch (request.function()) {
      case READ -> SingleCommand.on(slot, Command.keyed("GET", key), this::readValue);
      case WRITE -> {
        Command set = Command.keyed("SET", key, stored.encode(request.value()));
        yield SingleCommand.on(slot, set, reply -> written(reply, request.value()));
      }
      case CAS -> new Conversation(slot, new Comparison(key, request.value(), stored));
      default ->
          throw new IllegalArgumentException("a register has no function " + request.function());
    };
  }

  /** What a reply to SET means for a write whose argument is given. */
  static Next written(Reply reply, Value argument) {
    return reply.equals(Reply.OK)
        ? new Next.Done(argument)
        : new Next.Open(OperationError.UNEXPECTED_REPLY);
  }

  private static String name(Value key) {
    if (key instanceof Value.Text text) {
      return text.value();
    }
    throw new IllegalArgumentException("a register's key is text, not " + key);
  }

  private Turn.Next readValue(Reply reply) {
    boolean string = reply instanceof Reply.Text || reply == Reply.Absent.ABSENT;
    return string
        ? new Next.Done(stored.decode(reply))
        : new Next.Open(OperationError.UNEXPECTED_REPLY);
  }
}
