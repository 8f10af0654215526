package io.shardquake.node.core.stream;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.resp.ReplyBuffer;
import io.shardquake.node.core.value.StreamEntry;
import io.shardquake.node.core.value.StreamId;
import io.shardquake.node.core.value.StreamValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** XREAD and XREADGROUP. */
public final class ReadCommands implements CommandGroup {
  @Override
  public void register(CommandTable table) {
    table.add("xread", context -> read(context, false));
    table.add("xreadgroup", context -> read(context, true));
  }

  private static void read(CommandContext context, boolean byGroup) {
    ReadRequest request = ReadRequest.parse(context, byGroup);
    List<StreamId> after = new ArrayList<>();
    for (int i = 0; i < request.streams(); i++) {
      after.add(after(context, request, i));
    }
    List<Integer> ready = new ArrayList<>();
    for (int i = 0; i < request.streams(); i++) {
      if (isReady(context, request, i, after.get(i))) {
        ready.add(i);
      }
    }
    if (byGroup) {
      // What reading changes in the group is told to replicas step by step.
      context.propagateNothing();
    }
    if (!ready.isEmpty()) {
      serve(context, request, after, ready);
    } else if (request.deadline().isPresent() && context.mayBlock()) {
      await(context, request, after);
    } else {
      context.reply().nullArray();
    }
  }

  /** From where to read a stream; of a group the greatest ID stands for what is new. */
  private static StreamId after(CommandContext context, ReadRequest request, int i) {
    byte[] key = request.key(i);
    StreamValue stream = context.read(key, StreamValue.class);
    if (request.byGroup()) {
      boolean isNew = context.is(request.idAt(i), ">");
      requireGroup(context, request, key, stream);
      if (context.is(request.idAt(i), "$")) {
        throw new ErrorReply(
            "ERR The $ ID is meaningless in the context of XREADGROUP: you want to read the"
                + " history of this consumer by specifying a proper ID, or use the > ID to get new"
                + " messages. The $ ID would just return an empty result set.");
      }
      return isNew ? StreamId.GREATEST : StreamIds.strict(context, request.idAt(i));
    }
    if (context.is(request.idAt(i), "$")) {
      return stream == null ? StreamId.LEAST : stream.last();
    }
    if (context.is(request.idAt(i), ">")) {
      throw new ErrorReply(
          "ERR The > ID can be specified only when calling XREADGROUP using the GROUP <group>"
              + " <consumer> option.");
    }
    return StreamIds.strict(context, request.idAt(i));
  }

  private static void requireGroup(
      CommandContext context, ReadRequest request, byte[] key, @Nullable StreamValue stream) {
    if (stream != null && stream.group(request.groupName()).isPresent()) {
      return;
    }
    if (context.readyKey() != null && stream != null) {
      throw new ErrorReply(
          "NOGROUP the consumer group this client was blocked on no longer exists");
    }
    if (context.readyKey() == null) {
      throw new ErrorReply(
          "NOGROUP No such key '"
              + GroupCommands.text(key)
              + "' or consumer group '"
              + GroupCommands.text(request.groupName())
              + "' in XREADGROUP with GROUP option");
    }
  }

  private static boolean isReady(
      CommandContext context, ReadRequest request, int i, StreamId after) {
    StreamValue stream = context.read(request.key(i), StreamValue.class);
    if (stream == null) {
      return false;
    }
    if (!request.byGroup()) {
      return after.isLess(stream.lastEntry());
    }
    boolean history = !after.equals(StreamId.GREATEST);
    return history
        || stream
            .group(request.groupName())
            .map(group -> group.lastDelivered().isLess(stream.lastEntry()))
            .orElse(false);
  }

  private static void serve(
      CommandContext context, ReadRequest request, List<StreamId> after, List<Integer> ready) {
    ReplyBuffer reply = context.reply();
    if (reply.isResp3()) {
      reply.map(ready.size());
    } else {
      reply.array(ready.size());
    }
    for (int i : ready) {
      if (!reply.isResp3()) {
        reply.array(2);
      }
      byte[] key = request.key(i);
      reply.bulk(key);
      StreamValue stream = context.write(key, StreamValue.class);
      if (stream == null) {
        throw new IllegalStateException("a stream has gone while it was being read");
      }
      if (request.byGroup()) {
        GroupReading reading = GroupReading.of(context, request, i, stream);
        reading.meet();
        reading.serve(after.get(i));
      } else {
        List<StreamEntry> found = new ArrayList<>();
        StreamId from = after.get(i).next().orElseThrow();
        stream.range(from, StreamId.GREATEST, e -> found.add(e) && found.size() < request.most());
        StreamReplies.entries(found, reply);
      }
    }
  }

  /** Waits; what "the last one" means is fixed at the beginning of the wait. */
  private static void await(CommandContext context, ReadRequest request, List<StreamId> after) {
    byte[][] words = context.arguments().clone();
    List<byte[]> keys = new ArrayList<>();
    for (int i = 0; i < request.streams(); i++) {
      keys.add(request.key(i));
      if (!request.byGroup()) {
        words[request.idAt(i)] = after.get(i).bytes();
      }
    }
    context.becomes(words);
    context.block(keys, request.deadline().orElseThrow(), context.reply()::nullArray);
  }
}
