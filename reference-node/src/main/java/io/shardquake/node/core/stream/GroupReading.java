package io.shardquake.node.core.stream;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.resp.ReplyBuffer;
import io.shardquake.node.core.value.ConsumerGroup;
import io.shardquake.node.core.value.StreamEntry;
import io.shardquake.node.core.value.StreamId;
import io.shardquake.node.core.value.StreamValue;
import java.util.ArrayList;
import java.util.List;

/** The reading of one stream by a consumer of a group. Not thread-safe. */
final class GroupReading {
  private final CommandContext context;
  private final ReadRequest request;
  private final byte[] key;
  private final StreamValue stream;

  private GroupReading(
      CommandContext context, ReadRequest request, byte[] key, StreamValue stream) {
    this.context = context;
    this.request = request;
    this.key = key;
    this.stream = stream;
  }

  static GroupReading of(CommandContext context, ReadRequest request, int i, StreamValue stream) {
    return new GroupReading(context, request, request.key(i), stream);
  }

  /** Notes that the consumer is there; makes it if it is new. */
  void meet() {
    stream
        .group(request.groupName())
        .ifPresent(
            group -> {
              if (group.consumer(request.consumerName()).isEmpty()) {
                context.write(key);
                group.create(request.consumerName(), context.nowMillis());
                context.keyspace().countChange();
                if (request.withoutAcknowledgement()) {
                  GroupProgress.propagateConsumer(
                      context, key, request.groupName(), request.consumerName());
                }
              }
              group
                  .consumer(request.consumerName())
                  .ifPresent(consumer -> consumer.seen(context.nowMillis()));
            });
  }

  /** Replies entries: new ones, or those that the consumer has not acknowledged. */
  void serve(StreamId after) {
    ConsumerGroup group = stream.group(request.groupName()).orElseThrow();
    ConsumerGroup.Consumer consumer = group.consumer(request.consumerName()).orElseThrow();
    if (after.equals(StreamId.GREATEST)) {
      deliver(group, consumer);
    } else {
      repeat(consumer, after);
    }
    context.keyspace().countChange();
  }

  private void deliver(ConsumerGroup group, ConsumerGroup.Consumer consumer) {
    List<StreamEntry> found = new ArrayList<>();
    StreamId from = group.lastDelivered().next().orElseThrow();
    stream.range(
        from, StreamId.GREATEST, entry -> found.add(entry) && found.size() < request.most());
    for (StreamEntry entry : found) {
      StreamId id = entry.id();
      GroupProgress.advance(stream, group, id);
      if (!request.withoutAcknowledgement()) {
        ConsumerGroup.Pending pending = group.pending().get(id);
        if (pending == null) {
          pending = group.add(id, context.nowMillis());
        } else {
          pending.delivered(context.nowMillis(), 1);
        }
        group.assign(id, pending, consumer);
        GroupProgress.propagateClaim(context, key, request.groupName(), group, id, pending);
      }
    }
    StreamReplies.entries(found, context.reply());
    if (!found.isEmpty() && request.withoutAcknowledgement()) {
      GroupProgress.propagatePosition(context, key, request.groupName(), group);
    }
  }

  private void repeat(ConsumerGroup.Consumer consumer, StreamId after) {
    List<StreamId> ids = new ArrayList<>();
    for (StreamId id : consumer.pending().tailMap(after, false).keySet()) {
      if (ids.size() < request.most()) {
        ids.add(id);
      }
    }
    ReplyBuffer reply = context.reply();
    reply.array(ids.size());
    for (StreamId id : ids) {
      ConsumerGroup.Pending pending = consumer.pending().get(id);
      stream
          .get(id)
          .ifPresentOrElse(
              entry -> {
                StreamReplies.entry(entry, reply);
                pending.delivered(context.nowMillis(), pending.deliveries() + 1);
              },
              () -> {
                reply.array(2);
                StreamReplies.id(id, reply);
                reply.nullArray();
              });
    }
  }
}
