package io.shardquake.workloads.cluster;

import io.shardquake.workloads.client.OperationError;
import io.shardquake.workloads.protocol.Command;
import io.shardquake.workloads.protocol.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Transports to nodes that react as a test's script says. Everything sent is written down. */
public final class ScriptedTransports implements TransportFactory {
  /** What becomes of a batch. */
  public sealed interface Reaction {
    /** It is answered. */
    record Answer(List<Reply> replies) implements Reaction {}

    /** It fails. */
    record Failure(OperationError error, boolean mayHaveLeft) implements Reaction {}

    /** Nothing happens until it is abandoned; then its bytes may have left or not. */
    record Silence(boolean mayHaveLeft) implements Reaction {}
  }

  /** Decides how nodes react. */
  @FunctionalInterface
  public interface Script {
    Reaction react(Endpoint to, List<Command> batch);
  }

  private final Script script;
  private final List<String> sent = new ArrayList<>();
  private boolean closed;

  public ScriptedTransports(Script script) {
    this.script = script;
  }

  /** Replies to a batch: texts, with a leading {@code -} for errors. */
  public static Reaction answer(Object... replies) {
    List<Reply> list = new ArrayList<>();
    for (Object reply : replies) {
      list.add(toReply(reply));
    }
    return new Reaction.Answer(list);
  }

  /** {@code port: COMMAND; COMMAND}, one line a batch, without the questions for slots. */
  public List<String> sent() {
    return sent;
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public Transport open() {
    return new ScriptedTransport();
  }

  @Override
  public void close() {
    closed = true;
  }

  private static Reply toReply(Object reply) {
    if (reply instanceof Reply ready) {
      return ready;
    }
    String text = reply.toString();
    return text.startsWith("-") ? new Reply.Failure(text.substring(1)) : Reply.Text.of(text);
  }

  private final class ScriptedTransport implements Transport {
    private Optional<Receiver> silent = Optional.empty();
    private boolean mayHaveLeft;

    @Override
    public void send(Endpoint to, List<Command> batch, Receiver receiver) {
      if (batch.get(0) != Command.CLUSTER_SLOTS) {
        sent.add(
            to.port()
                + ": "
                + batch.stream().map(Command::toString).collect(Collectors.joining("; ")));
      }
      Reaction reaction = script.react(to, batch);
      if (reaction instanceof Reaction.Answer answer) {
        receiver.answered(answer.replies());
      } else if (reaction instanceof Reaction.Failure failure) {
        receiver.failed(failure.error(), failure.mayHaveLeft());
      } else {
        silent = Optional.of(receiver);
        mayHaveLeft = ((Reaction.Silence) reaction).mayHaveLeft();
      }
    }

    @Override
    public void listen(Endpoint to, Listening listening, Receiver receiver) {
      String command = listening.sharded() ? "SSUBSCRIBE" : "SUBSCRIBE";
      send(to, List.of(Command.keyed(command, listening.channel())), receiver);
    }

    /** Of what is silent, so is the end. */
    @Override
    public void leave() {}

    @Override
    public void abandon(OperationError reason) {
      Optional<Receiver> told = silent;
      silent = Optional.empty();
      told.ifPresent(receiver -> receiver.failed(reason, mayHaveLeft));
    }

    @Override
    public void close() {
      abandon(OperationError.CLIENT_CLOSED);
    }
  }
}
