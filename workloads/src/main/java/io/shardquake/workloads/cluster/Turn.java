package io.shardquake.workloads.cluster;

import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.client.OperationError;
import io.shardquake.workloads.protocol.Command;
import io.shardquake.workloads.protocol.Reply;
import java.util.List;
import java.util.Optional;

/** Commands that are sent together, and what their replies lead to. Immutable. */
public interface Turn {
  /** The commands, sent in one go. */
  List<Command> commands();

  /**
   * Whether a node that executes these commands performs the operation. If not, an operation that
   * ends here certainly did not happen.
   */
  boolean performs();

  /**
   * What is to be heard instead of sending commands. The replies are then the confirmation of the
   * subscription, or the error that refused it, and after it every message, in the order in which
   * they came.
   */
  default Optional<Listening> listening() {
    return Optional.empty();
  }

  /** What follows from the replies, one for each command in the same order. */
  Next after(List<Reply> replies);

  /** What follows a turn. */
  sealed interface Next {
    /** Calls the reader's method for this case. */
    <R> R read(Reader<R> reader);

    /** Another turn at the same node. */
    record Say(Turn turn) implements Next {
      @Override
      public <R> R read(Reader<R> reader) {
        return reader.say(turn);
      }
    }

    /**
     * Another turn, on other keys of the slot: while the slot is on its way from one node to
     * another, these may still be where the former keys are not any more. At the same node, unless
     * that only answered because the owner of the slot had sent us there; then at the owner.
     */
    record SayOfOthers(Turn turn) implements Next {
      @Override
      public <R> R read(Reader<R> reader) {
        return reader.sayOfOthers(turn);
      }
    }

    /** The operation happened, and gave the value. */
    record Done(Value value) implements Next {
      @Override
      public <R> R read(Reader<R> reader) {
        return reader.done(value);
      }
    }

    /** The operation certainly did not happen. */
    record NotDone(OperationError error) implements Next {
      @Override
      public <R> R read(Reader<R> reader) {
        return reader.notDone(error);
      }
    }

    /** It is open whether the operation happened. */
    record Open(OperationError error) implements Next {
      @Override
      public <R> R read(Reader<R> reader) {
        return reader.open(error);
      }
    }

    /** The node gave this error; the error table says what it means and whether to ask again. */
    record Refused(String message) implements Next {
      @Override
      public <R> R read(Reader<R> reader) {
        return reader.refused(message);
      }
    }
  }

  /** Tells the cases of {@link Next} apart. */
  interface Reader<R> {
    R say(Turn turn);

    R sayOfOthers(Turn turn);

    R done(Value value);

    R notDone(OperationError error);

    R open(OperationError error);

    R refused(String message);
  }
}
