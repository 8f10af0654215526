package io.shardquake.node.core.stream;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.HelpText;
import io.shardquake.node.core.resp.ReplyBuffer;
import io.shardquake.node.core.value.ConsumerGroup;
import io.shardquake.node.core.value.StreamEntry;
import io.shardquake.node.core.value.StreamId;
import io.shardquake.node.core.value.StreamValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** XINFO. */
public final class StreamInfoCommands implements CommandGroup {
  private static final long DEFAULT_COUNT = 10;

  @Override
  public void register(CommandTable table) {
    table.add("xinfo|stream", StreamInfoCommands::stream);
    table.add("xinfo|groups", StreamInfoCommands::groups);
    table.add("xinfo|consumers", StreamInfoCommands::consumers);
    table.add("xinfo|help", HelpText.named("XINFO"));
  }

  private static StreamValue existing(CommandContext context) {
    StreamValue stream = context.read(context.argument(2), StreamValue.class);
    if (stream == null) {
      throw ErrorReply.noSuchKey();
    }
    return stream;
  }

  private static void consumers(CommandContext context) {
    StreamValue stream = existing(context);
    ConsumerGroup group =
        stream
            .group(context.argument(3))
            .orElseThrow(() -> GroupCommands.noGroup(context.argument(2), context.argument(3)));
    ReplyBuffer reply = context.reply();
    reply.array(group.consumers().size());
    for (ConsumerGroup.Consumer consumer : group.consumers().values()) {
      reply.map(3);
      reply.bulk("name");
      reply.bulk(consumer.name());
      number(reply, "pending", consumer.pending().size());
      number(reply, "idle", Math.max(0, context.nowMillis() - consumer.seenAt()));
    }
  }

  private static void groups(CommandContext context) {
    StreamValue stream = existing(context);
    ReplyBuffer reply = context.reply();
    reply.array(stream.groups().size());
    stream
        .groups()
        .forEach(
            (name, group) -> {
              reply.map(6);
              reply.bulk("name");
              reply.bulk(name);
              number(reply, "consumers", group.consumers().size());
              number(reply, "pending", group.pending().size());
              id(reply, "last-delivered-id", group.lastDelivered());
              progress(reply, stream, group);
            });
  }

  private static void progress(ReplyBuffer reply, StreamValue stream, ConsumerGroup group) {
    reply.bulk("entries-read");
    if (group.entriesRead() == ConsumerGroup.UNKNOWN) {
      reply.nullBulk();
    } else {
      reply.integer(group.entriesRead());
    }
    reply.bulk("lag");
    GroupProgress.lag(stream, group).ifPresentOrElse(reply::integer, reply::nullBulk);
  }

  private static void number(ReplyBuffer reply, String name, long value) {
    reply.bulk(name);
    reply.integer(value);
  }

  private static void id(ReplyBuffer reply, String name, StreamId id) {
    reply.bulk(name);
    StreamReplies.id(id, reply);
  }

  private static void stream(CommandContext context) {
    StreamValue stream = existing(context);
    boolean full = context.count() > 3;
    long count = DEFAULT_COUNT;
    if (full) {
      boolean fits = context.count() == 4 || (context.count() == 6 && context.is(4, "COUNT"));
      if (!context.is(3, "FULL") || !fits) {
        throw new ErrorReply(
            "ERR unknown subcommand or wrong number of arguments for '"
                + context.quoted(1)
                + "'. Try XINFO HELP.");
      }
      if (context.count() == 6) {
        count = context.integer(5);
        count = count < 0 ? DEFAULT_COUNT : count;
      }
    }
    ReplyBuffer reply = context.reply();
    reply.map(full ? 9 : 10);
    number(reply, "length", stream.size());
    number(reply, "radix-tree-keys", stream.nodes());
    number(reply, "radix-tree-nodes", stream.nodes() + 1);
    id(reply, "last-generated-id", stream.last());
    id(reply, "max-deleted-entry-id", stream.maxDeleted());
    number(reply, "entries-added", stream.added());
    id(reply, "recorded-first-entry-id", stream.first());
    if (full) {
      everything(reply, stream, count == 0 ? Long.MAX_VALUE : count);
    } else {
      number(reply, "groups", stream.groups().size());
      entry(reply, "first-entry", stream, stream.first());
      entry(reply, "last-entry", stream, stream.lastEntry());
    }
  }

  private static void entry(ReplyBuffer reply, String name, StreamValue stream, StreamId id) {
    reply.bulk(name);
    stream.get(id).ifPresentOrElse(found -> StreamReplies.entry(found, reply), reply::nullBulk);
  }

  private static void everything(ReplyBuffer reply, StreamValue stream, long most) {
    reply.bulk("entries");
    List<StreamEntry> entries = new ArrayList<>();
    stream.range(StreamId.LEAST, StreamId.GREATEST, e -> entries.add(e) && entries.size() < most);
    StreamReplies.entries(entries, reply);
    reply.bulk("groups");
    reply.array(stream.groups().size());
    for (Map.Entry<byte[], ConsumerGroup> named : stream.groups().entrySet()) {
      ConsumerGroup group = named.getValue();
      reply.map(7);
      reply.bulk("name");
      reply.bulk(named.getKey());
      id(reply, "last-delivered-id", group.lastDelivered());
      progress(reply, stream, group);
      number(reply, "pel-count", group.pending().size());
      reply.bulk("pending");
      pending(reply, group.pending(), most, true);
      reply.bulk("consumers");
      reply.array(group.consumers().size());
      for (ConsumerGroup.Consumer consumer : group.consumers().values()) {
        reply.map(4);
        reply.bulk("name");
        reply.bulk(consumer.name());
        number(reply, "seen-time", consumer.seenAt());
        number(reply, "pel-count", consumer.pending().size());
        reply.bulk("pending");
        pending(reply, consumer.pending(), most, false);
      }
    }
  }

  private static void pending(
      ReplyBuffer reply,
      Map<StreamId, ConsumerGroup.Pending> pending,
      long most,
      boolean withConsumer) {
    List<StreamId> ids = pending.keySet().stream().limit(most).toList();
    reply.array(ids.size());
    for (StreamId id : ids) {
      ConsumerGroup.Pending entry = Objects.requireNonNull(pending.get(id));
      reply.array(withConsumer ? 4 : 3);
      StreamReplies.id(id, reply);
      if (withConsumer) {
        reply.bulk(entry.consumer().orElseThrow().name());
      }
      reply.integer(entry.deliveredAt());
      reply.integer(entry.deliveries());
    }
  }
}
