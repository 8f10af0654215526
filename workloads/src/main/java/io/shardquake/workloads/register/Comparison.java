package io.shardquake.workloads.register;

import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.client.OperationError;
import io.shardquake.workloads.cluster.Transaction;
import io.shardquake.workloads.cluster.Turn;
import io.shardquake.workloads.protocol.Command;
import io.shardquake.workloads.protocol.Reply;
import java.util.List;

/**
 * The first turn of a compare-and-set: watch the key, read it, and go on to the transaction if it
 * has the expected value.
 *
 * <p>UNWATCH comes first instead of last: whichever way an earlier compare-and-set of this
 * connection ended, be it in a mismatch, in a redirection or in between, its watch is gone before
 * this one begins, and a mismatch costs no further round trip.
 *
 * @param argument the expected and the new value
 * @param stored how values are kept
 */
record Comparison(String key, Value argument, StoredValue stored) implements Turn {
  Comparison {
    if (!(argument instanceof Value.Sequence pair) || pair.items().size() != 2) {
      throw new IllegalArgumentException(
          "a compare-and-set takes the expected and the new value, not " + argument);
    }
  }

  @Override
  public List<Command> commands() {
    return List.of(Command.UNWATCH, Command.keyed("WATCH", key), Command.keyed("GET", key));
  }

  @Override
  public boolean performs() {
    return false;
  }

  @Override
  public Next after(List<Reply> replies) {
    for (Reply reply : replies) {
      if (reply instanceof Reply.Failure failure) {
        return new Next.Refused(failure.message());
      }
    }
    List<Value> pair = ((Value.Sequence) argument).items();
    if (!stored.decode(replies.get(2)).equals(pair.get(0))) {
      return new Next.NotDone(OperationError.CAS_MISMATCH);
    }
    Command set = Command.keyed("SET", key, stored.encode(pair.get(1)));
    return new Next.Say(
        Transaction.of(
            List.of(set), executed -> RegisterCommands.written(executed.get(0), argument)));
  }
}
