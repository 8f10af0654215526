package io.shardquake.workloads.multikey;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.workloads.client.OperationError;
import io.shardquake.workloads.cluster.CommandMapping;
import io.shardquake.workloads.cluster.Conversation;
import io.shardquake.workloads.cluster.SingleCommand;
import io.shardquake.workloads.cluster.Turn.Next;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.keys.KeyName;
import io.shardquake.workloads.protocol.Command;
import io.shardquake.workloads.protocol.Reply;
import java.util.ArrayList;
import java.util.List;

/** Several Redis strings that share a hash tag, always written and read together. */
final class MultiKeyCommands implements CommandMapping {
  static final String READ = "read";
  static final String WRITE = "write";

  /** Writes to two slots at once, which no node may do. */
  static final String WRITE_ACROSS = "write-across";

  private static final List<String> PARTS = List.of("x", "y", "z");

  @Override
  public Conversation conversation(Request request) {
    int slot = KeySlot.of(KeyName.of(request.key()));
    return switch (request.function()) {
      case READ -> SingleCommand.on(slot, read(request.key()), MultiKeyCommands::together);
      case WRITE ->
          SingleCommand.on(slot, write(request), reply -> written(reply, request.value()));
      case WRITE_ACROSS ->
          SingleCommand.on(slot, across(request.key()), reply -> written(reply, request.value()));
      default ->
          throw new IllegalArgumentException("several keys have no function " + request.function());
    };
  }

  private static Command read(Value key) {
    List<String> words = new ArrayList<>(List.of("MGET"));
    PARTS.forEach(part -> words.add(KeyName.within(key, part)));
    return Command.keyed(words.toArray(String[]::new));
  }

  private static Command write(Request request) {
    List<String> words = new ArrayList<>(List.of("MSET"));
    for (String part : PARTS) {
      words.add(KeyName.within(request.key(), part));
      words.add(request.value().toString());
    }
    return Command.keyed(words.toArray(String[]::new));
  }

  /** Of two names that differ in their last character, one at least falls into another slot. */
  private static Command across(Value key) {
    String here = KeyName.within(key, "across");
    String name = KeyName.of(key);
    String elsewhere = KeySlot.of(name + "!") == KeySlot.of(name) ? name + "?" : name + "!";
    return Command.keyed("MSET", here, "1", elsewhere, "1");
  }

  private static Next written(Reply reply, Value argument) {
    return reply.equals(Reply.OK)
        ? new Next.Done(argument)
        : new Next.Open(OperationError.UNEXPECTED_REPLY);
  }

  /** The value that all of them have; all the values if they differ, which nobody ever wrote. */
  private static Next together(Reply reply) {
    if (!(reply instanceof Reply.Array array) || array.items().size() != PARTS.size()) {
      return new Next.Open(OperationError.UNEXPECTED_REPLY);
    }
    List<Value> values = array.items().stream().map(Reply::toValue).toList();
    boolean alike = values.stream().distinct().count() == 1;
    return new Next.Done(alike ? values.get(0) : Value.of(values));
  }
}
