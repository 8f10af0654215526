package io.shardquake.node.core.persistence;

import io.shardquake.node.core.resp.ReplyBuffer;
import io.shardquake.node.core.value.ConsumerGroup;
import io.shardquake.node.core.value.StreamId;
import io.shardquake.node.core.value.StreamValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A stream as the commands that make it anew. */
final class StreamCommandsOf {
  private StreamCommandsOf() {}

  static void write(StreamValue stream, byte[] key, ReplyBuffer out) {
    stream.range(
        StreamId.LEAST,
        StreamId.GREATEST,
        entry -> {
          List<byte[]> words = words("XADD", key, entry.id().bytes());
          words.addAll(entry.fields());
          out.bulks(words);
          return true;
        });
    if (stream.size() == 0) {
      // The only way to an empty stream leads over an entry.
      StreamId id = stream.last().isZero() ? new StreamId(0, 1) : stream.last();
      List<byte[]> words = words("XADD", key, ascii("MAXLEN"), ascii("0"), id.bytes());
      words.addAll(List.of(ascii("x"), ascii("y")));
      out.bulks(words);
    }
    List<byte[]> words = words("XSETID", key, stream.last().bytes());
    words.addAll(List.of(ascii("ENTRIESADDED"), ascii(Long.toString(stream.added()))));
    words.addAll(List.of(ascii("MAXDELETEDID"), stream.maxDeleted().bytes()));
    out.bulks(words);
    stream.groups().forEach((name, group) -> write(group, name, key, out));
  }

  private static void write(ConsumerGroup group, byte[] name, byte[] key, ReplyBuffer out) {
    List<byte[]> create = words("XGROUP", ascii("CREATE"), key, name);
    create.add(group.lastDelivered().bytes());
    create.addAll(List.of(ascii("ENTRIESREAD"), ascii(Long.toString(group.entriesRead()))));
    out.bulks(create);
    for (ConsumerGroup.Consumer consumer : group.consumers().values()) {
      out.bulks(words("XGROUP", ascii("CREATECONSUMER"), key, name, consumer.name()));
      for (Map.Entry<StreamId, ConsumerGroup.Pending> entry : consumer.pending().entrySet()) {
        List<byte[]> claim = words("XCLAIM", key, name, consumer.name(), ascii("0"));
        claim.add(entry.getKey().bytes());
        claim.addAll(List.of(ascii("TIME"), number(entry.getValue().deliveredAt())));
        claim.addAll(List.of(ascii("RETRYCOUNT"), number(entry.getValue().deliveries())));
        claim.addAll(List.of(ascii("JUSTID"), ascii("FORCE")));
        out.bulks(claim);
      }
    }
  }

  private static List<byte[]> words(String command, byte[]... rest) {
    List<byte[]> words = new ArrayList<>();
    words.add(ascii(command));
    words.addAll(List.of(rest));
    return words;
  }

  private static byte[] number(long value) {
    return ascii(Long.toString(value));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
