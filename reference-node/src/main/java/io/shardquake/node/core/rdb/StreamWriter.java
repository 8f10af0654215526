package io.shardquake.node.core.rdb;

import io.shardquake.node.core.value.ConsumerGroup;
import io.shardquake.node.core.value.StreamEntry;
import io.shardquake.node.core.value.StreamId;
import io.shardquake.node.core.value.StreamValue;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** Writes a stream as Redis 7.0 does: nodes of entries in listpacks, counters, groups. */
final class StreamWriter {
  private StreamWriter() {}

  static void write(StreamValue stream, RdbOutput out) {
    out.length(stream.nodes());
    stream.forEachNode(
        (key, entries) -> {
          out.string(raw(key));
          out.string(listpack(key, entries));
        });
    out.length(stream.size());
    id(stream.last(), out);
    id(stream.first(), out);
    id(stream.maxDeleted(), out);
    out.length(stream.added());
    out.length(stream.groups().size());
    stream.groups().forEach((name, group) -> group(name, group, out));
  }

  private static byte[] raw(StreamId id) {
    return ByteBuffer.allocate(16).putLong(id.millis()).putLong(id.sequence()).array();
  }

  private static void id(StreamId id, RdbOutput out) {
    out.length(id.millis());
    out.length(id.sequence());
  }

  /** Entries by their distance from the node's key, each with its own field names. */
  private static byte[] listpack(StreamId key, List<StreamEntry> entries) {
    Listpack pack = new Listpack();
    pack.add(entries.size());
    pack.add(0);
    List<byte[]> first = entries.get(0).fields();
    pack.add(first.size() / 2);
    for (int i = 0; i < first.size(); i += 2) {
      pack.add(first.get(i));
    }
    pack.add(0);
    for (StreamEntry entry : entries) {
      pack.add(0);
      pack.add(entry.id().millis() - key.millis());
      pack.add(entry.id().sequence() - key.sequence());
      pack.add(entry.fields().size() / 2);
      entry.fields().forEach(pack::add);
      pack.add(entry.fields().size() + 4L);
    }
    return pack.finish();
  }

  private static void group(byte[] name, ConsumerGroup group, RdbOutput out) {
    out.string(name);
    id(group.lastDelivered(), out);
    out.length(group.entriesRead());
    out.length(group.pending().size());
    for (Map.Entry<StreamId, ConsumerGroup.Pending> pending : group.pending().entrySet()) {
      out.raw(raw(pending.getKey()));
      out.int64(pending.getValue().deliveredAt());
      out.length(pending.getValue().deliveries());
    }
    out.length(group.consumers().size());
    for (ConsumerGroup.Consumer consumer : group.consumers().values()) {
      out.string(consumer.name());
      out.int64(consumer.seenAt());
      out.length(consumer.pending().size());
      consumer.pending().keySet().forEach(id -> out.raw(raw(id)));
    }
  }
}
