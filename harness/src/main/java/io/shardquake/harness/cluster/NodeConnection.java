package io.shardquake.harness.cluster;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.SlotRange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to one node. Requests are answered in order; each fails by itself with the server's
 * error, a time-out, or the loss of the connection. Thread-safe.
 */
public final class NodeConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeConnection.class);
  private static final int ADDSLOTS_BATCH = 1000;

  private final NodeAddress address;
  private final StatefulRedisConnection<String, String> connection;
  private final Duration limit;

  NodeConnection(
      NodeAddress address, StatefulRedisConnection<String, String> connection, Duration limit) {
    this.address = address;
    this.connection = connection;
    this.limit = limit;
  }

  /** The same connection with another bound on the time that each request may go unanswered. */
  public NodeConnection within(Duration limit) {
    return new NodeConnection(address, connection, limit);
  }

  public NodeAddress address() {
    return address;
  }

  /** Whether requests can still be sent. */
  public boolean isOpen() {
    return connection.isOpen();
  }

  /** Sends a command whose reply is a simple or a bulk string. */
  public CompletableFuture<String> text(String command, String... arguments) {
    return text(command, List.of(arguments));
  }

  /** Sends a command whose reply is a simple or a bulk string. */
  public CompletableFuture<String> text(String command, List<String> arguments) {
    return send(command, arguments, new ValueOutput<>(StringCodec.UTF8));
  }

  /** Sends a command with a reply of any shape. */
  public CompletableFuture<Value> reply(String command, List<String> arguments) {
    return send(command, arguments, new ReplyOutput());
  }

  private <T> CompletableFuture<T> send(
      String command, List<String> arguments, CommandOutput<String, String, T> output) {
    CommandArgs<String, String> args = new CommandArgs<>(StringCodec.UTF8);
    arguments.forEach(args::add);
    return dispatch(command, args, output);
  }

  /** Sends a command whose arguments may be any bytes. */
  <T> CompletableFuture<T> sendBytes(
      String command, List<byte[]> arguments, CommandOutput<String, String, T> output) {
    CommandArgs<String, String> args = new CommandArgs<>(StringCodec.UTF8);
    arguments.forEach(args::add);
    return dispatch(command, args, output);
  }

  /** The same for a slot that is coming to the node: ASKING goes with it, and nothing between. */
  <T> CompletableFuture<T> askingBytes(
      String command, List<byte[]> arguments, CommandOutput<String, String, T> output) {
    CommandArgs<String, String> args = new CommandArgs<>(StringCodec.UTF8);
    arguments.forEach(args::add);
    AsyncCommand<String, String, String> asking =
        new AsyncCommand<>(new Command<>(new Word("ASKING"), new ValueOutput<>(StringCodec.UTF8)));
    AsyncCommand<String, String, T> asked =
        new AsyncCommand<>(new Command<>(new Word(command), output, args));
    connection.dispatch(List.of(asking, asked));
    return bounded(asked);
  }

  /**
   * Sends forms of one command as a transaction, and nothing between them.
   *
   * @return the replies; fails if one of them is an error
   */
  public CompletableFuture<Value> transaction(String command, List<List<String>> arguments) {
    List<AsyncCommand<String, String, ?>> commands = new ArrayList<>();
    commands.add(command("MULTI", List.of(), new ReplyOutput()));
    arguments.forEach(words -> commands.add(command(command, words, new ReplyOutput())));
    AsyncCommand<String, String, Value> exec = command("EXEC", List.of(), new ReplyOutput());
    commands.add(exec);
    connection.dispatch(commands);
    return bounded(exec);
  }

  private static <T> AsyncCommand<String, String, T> command(
      String name, List<String> arguments, CommandOutput<String, String, T> output) {
    CommandArgs<String, String> args = new CommandArgs<>(StringCodec.UTF8);
    arguments.forEach(args::add);
    return new AsyncCommand<>(new Command<>(new Word(name), output, args));
  }

  private <T> CompletableFuture<T> dispatch(
      String command, CommandArgs<String, String> args, CommandOutput<String, String, T> output) {
    return bounded(connection.async().dispatch(new Word(command), output, args));
  }

  private <T> CompletableFuture<T> bounded(CompletionStage<T> answer) {
    return answer.toCompletableFuture().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** INFO of one section. */
  public CompletableFuture<InfoReply> info(String section) {
    return text("INFO", section).thenApply(InfoReply::parse);
  }

  /** Claims slots that nobody owns. */
  CompletableFuture<Void> addSlots(SlotRange range) {
    CompletableFuture<Void> compact =
        text(
                "CLUSTER",
                "ADDSLOTSRANGE",
                Integer.toString(range.first()),
                Integer.toString(range.last()))
            .thenAccept(ok -> {});
    return compact.exceptionallyCompose(
        failure ->
            isUnknownSubcommand(failure)
                ? addSlotsOneByOne(range)
                : CompletableFuture.failedFuture(failure));
  }

  /** Servers before 7.0 have no ADDSLOTSRANGE. */
  private CompletableFuture<Void> addSlotsOneByOne(SlotRange range) {
    List<CompletableFuture<String>> batches = new ArrayList<>();
    for (int first = range.first(); first <= range.last(); first += ADDSLOTS_BATCH) {
      int end = Math.min(first + ADDSLOTS_BATCH, range.last() + 1);
      List<String> words = new ArrayList<>(List.of("ADDSLOTS"));
      IntStream.range(first, end).mapToObj(Integer::toString).forEach(words::add);
      batches.add(text("CLUSTER", words));
    }
    return CompletableFuture.allOf(batches.toArray(CompletableFuture[]::new));
  }

  private static boolean isUnknownSubcommand(Throwable failure) {
    return Failures.reason(failure).toLowerCase(Locale.ROOT).contains("subcommand");
  }

  /** Closes a connection that may still be about to open. */
  static void closeWhenOpen(CompletionStage<NodeConnection> connection) {
    connection.thenAccept(NodeConnection::close);
  }

  /** Closes the connection without waiting. */
  @Override
  public void close() {
    connection
        .closeAsync()
        .exceptionally(
            failure -> {
              LOG.debug("closing {}: {}", address, Failures.reason(failure));
              return null;
            });
  }

  /** A command's name as it goes over the wire. */
  private record Word(String word) implements ProtocolKeyword {
    @Override
    public byte[] getBytes() {
      return word.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
      return word;
    }
  }
}
