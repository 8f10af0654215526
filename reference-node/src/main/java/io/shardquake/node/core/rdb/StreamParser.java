package io.shardquake.node.core.rdb;

import io.shardquake.node.core.value.ConsumerGroup;
import io.shardquake.node.core.value.StreamEntry;
import io.shardquake.node.core.value.StreamId;
import io.shardquake.node.core.value.StreamValue;
import io.shardquake.node.core.value.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a stream, node by node and then group by group. Not thread-safe. */
final class StreamParser implements ValueParser {
  private static final int DELETED = 1;
  private static final int SAME_FIELDS = 2;
  private static final int ID_LENGTH = 16;
  private static final long NOT_READ = -1;

  private final StreamValue stream = new StreamValue();
  private final boolean withCounters;
  private long nodesLeft = NOT_READ;
  private long groupsLeft = NOT_READ;

  /**
   * A parser.
   *
   * @param withCounters whether it is the form of Redis 7.0, which counts what was added and read
   */
  StreamParser(boolean withCounters) {
    this.withCounters = withCounters;
  }

  @Override
  public boolean read(RdbInput in) throws Underflow, CorruptRdb {
    if (nodesLeft == NOT_READ) {
      nodesLeft = in.count();
      return false;
    }
    if (nodesLeft > 0) {
      byte[] key = in.string();
      byte[] pack = in.string();
      readNode(raw(key), PackedEncodings.listpack(pack));
      nodesLeft--;
      return false;
    }
    if (groupsLeft == NOT_READ) {
      readHead(in);
      return groupsLeft == 0;
    }
    readGroup(in);
    return --groupsLeft == 0;
  }

  @Override
  public Optional<Value> value() {
    return Optional.of(stream);
  }

  private static StreamId raw(byte[] bytes) throws CorruptRdb {
    if (bytes.length != ID_LENGTH) {
      throw new CorruptRdb("the key of a stream's node has " + bytes.length + " bytes");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new StreamId(buffer.getLong(), buffer.getLong());
  }

  private static StreamId id(RdbInput in) throws Underflow, CorruptRdb {
    long millis = in.length();
    return new StreamId(millis, in.length());
  }

  private void readHead(RdbInput in) throws Underflow, CorruptRdb {
    long size = in.count();
    StreamId last = id(in);
    StreamId maxDeleted = StreamId.LEAST;
    long added = size;
    if (withCounters) {
      id(in);
      maxDeleted = id(in);
      added = in.length();
    }
    long groups = in.count();
    if (size != stream.size()) {
      throw new CorruptRdb("a stream says it has " + size + " entries, but has " + stream.size());
    }
    stream.last(last);
    stream.maxDeleted(maxDeleted);
    stream.added(added);
    groupsLeft = groups;
  }

  private void readGroup(RdbInput in) throws Underflow, CorruptRdb {
    byte[] name = in.string();
    StreamId last = id(in);
    ConsumerGroup group =
        new ConsumerGroup(last, withCounters ? in.length() : ConsumerGroup.UNKNOWN);
    long pending = in.count();
    for (long i = 0; i < pending; i++) {
      StreamId id = raw(in.bytes(ID_LENGTH));
      long deliveredAt = in.int64();
      group.add(id, deliveredAt).delivered(deliveredAt, in.length());
    }
    long consumers = in.count();
    for (long i = 0; i < consumers; i++) {
      readConsumer(in, group);
    }
    if (group.pending().values().stream().anyMatch(entry -> entry.consumer().isEmpty())) {
      throw new CorruptRdb("a stream has a pending entry without a consumer");
    }
    if (stream.groups().put(name, group) != null) {
      throw new CorruptRdb("a stream has a group twice");
    }
  }

  private static void readConsumer(RdbInput in, ConsumerGroup group) throws Underflow, CorruptRdb {
    byte[] name = in.string();
    if (group.consumer(name).isPresent()) {
      throw new CorruptRdb("a group has a consumer twice");
    }
    ConsumerGroup.Consumer consumer = group.create(name, in.int64());
    long pending = in.count();
    for (long i = 0; i < pending; i++) {
      StreamId id = raw(in.bytes(ID_LENGTH));
      ConsumerGroup.Pending entry = group.pending().get(id);
      if (entry == null || entry.consumer().isPresent()) {
        throw new CorruptRdb("a consumer's pending entry is not its group's");
      }
      group.assign(id, entry, consumer);
    }
  }

  /** Reads the elements of a node's listpack in their order. */
  private static final class Elements {
    private final List<byte[]> elements;
    private int next;

    Elements(List<byte[]> elements) {
      this.elements = elements;
    }

    boolean isAtEnd() {
      return next == elements.size();
    }

    byte[] string() throws CorruptRdb {
      if (isAtEnd()) {
        throw new CorruptRdb("a stream's node ends within an entry");
      }
      return elements.get(next++);
    }

    long number() throws CorruptRdb {
      String text = new String(string(), StandardCharsets.ISO_8859_1);
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw new CorruptRdb("a stream's node has text where a number belongs");
      }
    }

    int count() throws CorruptRdb {
      long count = number();
      if (count < 0 || count > elements.size()) {
        throw new CorruptRdb("a stream's entry says it has " + count + " fields");
      }
      return (int) count;
    }
  }

  private void readNode(StreamId key, List<byte[]> pack) throws CorruptRdb {
    Elements in = new Elements(pack);
    in.number();
    in.number();
    int names = in.count();
    List<byte[]> sharedNames = new ArrayList<>();
    for (int i = 0; i < names; i++) {
      sharedNames.add(in.string());
    }
    in.number();
    List<StreamEntry> entries = new ArrayList<>();
    while (!in.isAtEnd()) {
      long flags = in.number();
      long millis = key.millis() + in.number();
      StreamId id = new StreamId(millis, key.sequence() + in.number());
      List<byte[]> fields = new ArrayList<>();
      if ((flags & SAME_FIELDS) != 0) {
        for (byte[] name : sharedNames) {
          fields.add(name);
          fields.add(in.string());
        }
      } else {
        int pairs = in.count();
        for (int i = 0; i < 2 * pairs; i++) {
          fields.add(in.string());
        }
      }
      in.number();
      if ((flags & DELETED) == 0) {
        if (id.isLess(key) || !stream.lastEntry().isLess(id)) {
          throw new CorruptRdb("the entries of a stream are out of order");
        }
        entries.add(new StreamEntry(id, fields));
      }
    }
    for (int i = 1; i < entries.size(); i++) {
      if (!entries.get(i - 1).id().isLess(entries.get(i).id())) {
        throw new CorruptRdb("the entries of a stream are out of order");
      }
    }
    stream.restoreNode(key, entries);
  }
}
