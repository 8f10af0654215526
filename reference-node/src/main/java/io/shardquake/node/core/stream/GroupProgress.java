package io.shardquake.node.core.stream;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.value.ConsumerGroup;
import io.shardquake.node.core.value.StreamId;
import io.shardquake.node.core.value.StreamValue;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** How far a group has read, and how that is told to replicas. */
final class GroupProgress {
  private GroupProgress() {}

  /** Whether an entry from an ID on was deleted by name, so that counting would go wrong. */
  private static boolean hasGaps(StreamValue stream, StreamId from) {
    return stream.size() > 0 && !stream.maxDeleted().isZero() && !stream.maxDeleted().isLess(from);
  }

  /** The group has read an entry. */
  static void advance(StreamValue stream, ConsumerGroup group, StreamId id) {
    if (group.entriesRead() != ConsumerGroup.UNKNOWN && !hasGaps(stream, id)) {
      group.entriesRead(group.entriesRead() + 1);
    } else if (stream.added() > 0) {
      group.entriesRead(entriesUpTo(stream, id));
    }
    group.lastDelivered(id);
  }

  /** How many entries were ever added up to an ID, if that can be said. */
  private static long entriesUpTo(StreamValue stream, StreamId id) {
    if (stream.added() == 0) {
      return 0;
    }
    int order = id.compareTo(stream.last());
    if (order == 0 || (stream.size() == 0 && order < 0)) {
      return stream.added();
    }
    boolean whole = stream.maxDeleted().isZero() || stream.maxDeleted().isLess(stream.first());
    if (order < 0 && whole) {
      int toFirst = id.compareTo(stream.first());
      if (toFirst < 0) {
        return stream.added() - stream.size();
      } else if (toFirst == 0) {
        return stream.added() - stream.size() + 1;
      }
    }
    return ConsumerGroup.UNKNOWN;
  }

  /** How many entries the group has still to read, if that can be said. */
  static OptionalLong lag(StreamValue stream, ConsumerGroup group) {
    if (stream.added() == 0) {
      return OptionalLong.of(0);
    }
    long read =
        group.entriesRead() != ConsumerGroup.UNKNOWN && !hasGaps(stream, group.lastDelivered())
            ? group.entriesRead()
            : entriesUpTo(stream, group.lastDelivered());
    return read == ConsumerGroup.UNKNOWN
        ? OptionalLong.empty()
        : OptionalLong.of(stream.added() - read);
  }

  /** Tells replicas to whom an entry belongs, and how often it was delivered. */
  static void propagateClaim(
      CommandContext context,
      byte[] key,
      byte[] groupName,
      ConsumerGroup group,
      StreamId id,
      ConsumerGroup.Pending entry) {
    context.propagateInstead(
        "XCLAIM",
        key,
        groupName,
        entry.consumer().orElseThrow().name(),
        ascii("0"),
        id.bytes(),
        ascii("TIME"),
        ascii(Long.toString(entry.deliveredAt())),
        ascii("RETRYCOUNT"),
        ascii(Long.toString(entry.deliveries())),
        ascii("FORCE"),
        ascii("JUSTID"),
        ascii("LASTID"),
        group.lastDelivered().bytes());
  }

  /** Tells replicas how far the group has read. */
  static void propagatePosition(
      CommandContext context, byte[] key, byte[] groupName, ConsumerGroup group) {
    context.propagateInstead(
        "XGROUP",
        ascii("SETID"),
        key,
        groupName,
        group.lastDelivered().bytes(),
        ascii("ENTRIESREAD"),
        ascii(Long.toString(group.entriesRead())));
  }

  /** Tells replicas of a new consumer. */
  static void propagateConsumer(
      CommandContext context, byte[] key, byte[] groupName, byte[] consumer) {
    context.propagateInstead("XGROUP", ascii("CREATECONSUMER"), key, groupName, consumer);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
