package io.shardquake.node.core.stream;

import io.shardquake.node.core.resp.ReplyBuffer;
import io.shardquake.node.core.value.StreamEntry;
import io.shardquake.node.core.value.StreamId;
import java.util.List;

/** Entries as they are replied. */
final class StreamReplies {
  private StreamReplies() {}

  static void id(StreamId id, ReplyBuffer reply) {
    reply.bulk(id.bytes());
  }

  static void entry(StreamEntry entry, ReplyBuffer reply) {
    reply.array(2);
    id(entry.id(), reply);
    reply.bulks(entry.fields());
  }

  static void entries(List<StreamEntry> entries, ReplyBuffer reply) {
    reply.array(entries.size());
    entries.forEach(entry -> entry(entry, reply));
  }
}
