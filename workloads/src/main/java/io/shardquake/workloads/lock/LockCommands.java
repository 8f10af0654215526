package io.shardquake.workloads.lock;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.workloads.client.OperationError;
import io.shardquake.workloads.cluster.CommandMapping;
import io.shardquake.workloads.cluster.Conversation;
import io.shardquake.workloads.cluster.Transaction;
import io.shardquake.workloads.cluster.Turn;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.keys.KeyName;
import io.shardquake.workloads.protocol.Command;
import io.shardquake.workloads.protocol.Reply;
import java.util.List;

/** Locks as Redis strings that expire, each beside a counter of the times that it was taken. */
final class LockCommands implements CommandMapping {
  /** Takes a token and for how many milliseconds; gives the fencing token. */
  static final String ACQUIRE = "acquire";

  /** Takes the token that the lock was acquired with. */
  static final String RELEASE = "release";

  @Override
  public Conversation conversation(Request request) {
    int slot = KeySlot.of(KeyName.of(request.key()));
    return switch (request.function()) {
      case ACQUIRE -> new Conversation(slot, new Acquire(request.key(), request.value()));
      case RELEASE -> new Conversation(slot, new Compare(request.key(), request.value()));
      default -> throw new IllegalArgumentException("a lock has no function " + request.function());
    };
  }

  private static String lock(Value key) {
    return KeyName.within(key, "lock");
  }

  private static boolean isFailure(Reply reply) {
    return reply instanceof Reply.Failure;
  }

  private static Turn.Next refused(Reply reply) {
    return new Turn.Next.Refused(((Reply.Failure) reply).message());
  }

  /** SET NX PX. */
  private record Acquire(Value key, Value argument) implements Turn {
    @Override
    public List<Command> commands() {
      List<Value> pair = ((Value.Sequence) argument).items();
      return List.of(
          Command.keyed(
              "SET", lock(key), pair.get(0).toString(), "NX", "PX", pair.get(1).toString()));
    }

    @Override
    public boolean performs() {
      return true;
    }

    @Override
    public Next after(List<Reply> replies) {
      Reply reply = replies.get(0);
      if (isFailure(reply)) {
        return refused(reply);
      }
      if (reply == Reply.Absent.ABSENT) {
        return new Next.NotDone(OperationError.CAS_MISMATCH);
      }
      return reply.equals(Reply.OK)
          ? new Next.SayOfOthers(new Fence(key))
          : new Next.Open(OperationError.UNEXPECTED_REPLY);
    }
  }

  /**
   * INCR of the fence. The lock is held by now, so that whatever fails here leaves it open; also a
   * redirection, since the lock could not be taken again at the node that it names.
   */
  private record Fence(Value key) implements Turn {
    @Override
    public List<Command> commands() {
      return List.of(Command.keyed("INCR", KeyName.within(key, "fence")));
    }

    @Override
    public boolean performs() {
      return true;
    }

    @Override
    public Next after(List<Reply> replies) {
      return replies.get(0) instanceof Reply.Int fence
          ? new Next.Done(fence.toValue())
          : new Next.Open(OperationError.BROKEN_TRANSACTION);
    }
  }

  /** The first turn of a release: watch the lock, and see whose it is. */
  private record Compare(Value key, Value token) implements Turn {
    @Override
    public List<Command> commands() {
      return List.of(
          Command.UNWATCH, Command.keyed("WATCH", lock(key)), Command.keyed("GET", lock(key)));
    }

    @Override
    public boolean performs() {
      return false;
    }

    @Override
    public Next after(List<Reply> replies) {
      for (Reply reply : replies) {
        if (isFailure(reply)) {
          return refused(reply);
        }
      }
      if (!replies.get(2).toValue().equals(token)) {
        return new Next.NotDone(OperationError.CAS_MISMATCH);
      }
      return new Next.Say(
          Transaction.of(
              List.of(Command.keyed("DEL", lock(key))), deleted -> new Next.Done(token)));
    }
  }
}
