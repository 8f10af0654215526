package io.shardquake.node.core.stream;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.resp.ReplyBuffer;
import io.shardquake.node.core.value.ConsumerGroup;
import io.shardquake.node.core.value.ConsumerGroup.Pending;
import io.shardquake.node.core.value.StreamId;
import io.shardquake.node.core.value.StreamValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** XPENDING. */
public final class PendingCommand implements CommandGroup {
  @Override
  public void register(CommandTable table) {
    table.add("xpending", PendingCommand::pending);
  }

  /**
   * The group of a stream.
   *
   * @throws ErrorReply if there is no such stream or group
   */
  static ConsumerGroup group(CommandContext context, @Nullable StreamValue stream) {
    Optional<ConsumerGroup> group =
        stream == null ? Optional.empty() : stream.group(context.argument(2));
    return group.orElseThrow(
        () ->
            new ErrorReply(
                "NOGROUP No such key '"
                    + context.quoted(1)
                    + "' or consumer group '"
                    + context.quoted(2)
                    + "'"));
  }

  private static void pending(CommandContext context) {
    if (context.count() == 3) {
      summary(context, group(context, context.read(context.argument(1), StreamValue.class)));
      return;
    }
    if (context.count() < 6 || context.count() > 9) {
      throw ErrorReply.syntax();
    }
    int from = 3;
    long idle = 0;
    if (context.is(3, "IDLE")) {
      idle = context.integer(4);
      if (context.count() < 8) {
        throw ErrorReply.syntax();
      }
      from = 5;
    }
    long count = Math.max(0, context.integer(from + 2));
    StreamId start = StreamIds.start(context, from);
    StreamId end = StreamIds.end(context, from + 1);
    ConsumerGroup group = group(context, context.read(context.argument(1), StreamValue.class));
    NavigableMap<StreamId, Pending> all = group.pending();
    if (from + 3 < context.count()) {
      Optional<ConsumerGroup.Consumer> consumer = group.consumer(context.argument(from + 3));
      if (consumer.isEmpty()) {
        context.reply().array(0);
        return;
      }
      all = consumer.get().pending();
    }
    List<StreamId> ids = new ArrayList<>();
    for (Map.Entry<StreamId, Pending> entry : all.tailMap(start, true).entrySet()) {
      long elapsed = context.nowMillis() - entry.getValue().deliveredAt();
      boolean within = !end.isLess(entry.getKey()) && ids.size() < count;
      if (within && (idle == 0 || elapsed >= idle)) {
        ids.add(entry.getKey());
      }
    }
    list(context, all, ids);
  }

  private static void list(
      CommandContext context, NavigableMap<StreamId, Pending> all, List<StreamId> ids) {
    ReplyBuffer reply = context.reply();
    reply.array(ids.size());
    for (StreamId id : ids) {
      Pending pending = all.get(id);
      reply.array(4);
      StreamReplies.id(id, reply);
      reply.bulk(pending.consumer().orElseThrow().name());
      reply.integer(Math.max(0, context.nowMillis() - pending.deliveredAt()));
      reply.integer(pending.deliveries());
    }
  }

  private static void summary(CommandContext context, ConsumerGroup group) {
    ReplyBuffer reply = context.reply();
    reply.array(4);
    reply.integer(group.pending().size());
    if (group.pending().isEmpty()) {
      reply.nullBulk();
      reply.nullBulk();
      reply.nullArray();
      return;
    }
    StreamReplies.id(group.pending().firstKey(), reply);
    StreamReplies.id(group.pending().lastKey(), reply);
    List<ConsumerGroup.Consumer> busy =
        group.consumers().values().stream().filter(c -> !c.pending().isEmpty()).toList();
    reply.array(busy.size());
    for (ConsumerGroup.Consumer consumer : busy) {
      reply.array(2);
      reply.bulk(consumer.name());
      reply.bulk(Integer.toString(consumer.pending().size()));
    }
  }
}
