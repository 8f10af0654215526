package io.shardquake.node.core.memory;

import io.shardquake.node.core.value.HashValue;
import io.shardquake.node.core.value.ListValue;
import io.shardquake.node.core.value.SetValue;
import io.shardquake.node.core.value.SortedSetValue;
import io.shardquake.node.core.value.StreamId;
import io.shardquake.node.core.value.StreamValue;
import io.shardquake.node.core.value.StringValue;
import io.shardquake.node.core.value.Value;
import java.util.function.LongUnaryOperator;

/**
 * How many bytes a key takes, about. A JVM does not tell; the figures are those of this node's
 * structures on a 64-bit JVM with compressed references. Of collections some elements are looked
 * at, and taken for the average.
 */
public final class MemoryEstimate {
  /** An entry of the table of keys, the key's array header, a value's header. */
  private static final int KEY = 72;

  private static final int STRING = 32;
  private static final int PACKED_COLLECTION = 64;
  private static final int PACKED_ELEMENT = 4;
  private static final int TABLE_ELEMENT = 56;
  private static final int SCORED_ELEMENT = 96;

  private MemoryEstimate() {}

  /** A key with its value, of whose elements at most {@code samples} are looked at; 0 for all. */
  public static long of(byte[] key, Value value, long samples) {
    return (long) KEY + key.length + value(value, samples == 0 ? Long.MAX_VALUE : samples);
  }

  private static long value(Value value, long samples) {
    if (value instanceof StringValue string) {
      return (long) STRING + string.bytes().length;
    }
    Sampling sampling = new Sampling(samples);
    if (value instanceof ListValue list) {
      list.walk(0, sampling::add);
      return PACKED_COLLECTION + sampling.total(list.size(), PACKED_ELEMENT);
    } else if (value instanceof HashValue hash) {
      sampling.scan(cursor -> hash.scan(cursor, sampling::add));
      return PACKED_COLLECTION
          + sampling.total(hash.size(), hash.isPacked() ? 2 * PACKED_ELEMENT : TABLE_ELEMENT);
    } else if (value instanceof SetValue set) {
      sampling.scan(cursor -> set.scan(cursor, sampling::add));
      boolean numbers = set.encoding().equals("intset");
      return PACKED_COLLECTION
          + (numbers ? 8L * set.size() : sampling.total(set.size(), TABLE_ELEMENT));
    } else if (value instanceof SortedSetValue sortedSet) {
      sampling.scan(cursor -> sortedSet.scan(cursor, (member, score) -> sampling.add(member)));
      return PACKED_COLLECTION
          + sampling.total(
              sortedSet.size(), sortedSet.isPacked() ? 2 * PACKED_ELEMENT + 8 : SCORED_ELEMENT);
    } else if (value instanceof StreamValue stream) {
      stream.range(
          StreamId.LEAST,
          StreamId.GREATEST,
          entry -> sampling.add(entry.fields().toArray(byte[][]::new)));
      return PACKED_COLLECTION + sampling.total(stream.size(), SCORED_ELEMENT);
    }
    return PACKED_COLLECTION;
  }

  /** The lengths of some elements. */
  private static final class Sampling {
    private final long most;
    private long count;
    private long bytes;

    Sampling(long most) {
      this.most = most;
    }

    /** Adds an element; false once there are enough. */
    boolean add(byte[]... parts) {
      if (count < most) {
        count++;
        for (byte[] part : parts) {
          bytes += part.length;
        }
      }
      return count < most;
    }

    /** Adds elements step by step, each of which leads from one cursor to the next. */
    void scan(LongUnaryOperator step) {
      long cursor = 0;
      do {
        cursor = step.applyAsLong(cursor);
      } while (cursor != 0 && count < most);
    }

    long total(int size, int overhead) {
      return count == 0 ? 0 : size * (bytes / count + overhead);
    }
  }
}
