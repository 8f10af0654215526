package io.shardquake.node.core.rdb;

import io.shardquake.node.core.value.HashValue;
import io.shardquake.node.core.value.ListValue;
import io.shardquake.node.core.value.SetValue;
import io.shardquake.node.core.value.SortedSetValue;
import io.shardquake.node.core.value.StreamValue;
import io.shardquake.node.core.value.StringValue;
import io.shardquake.node.core.value.Value;

/**
 * Writes values in the plain encodings, which every version of Redis since 4.0 reads and turns into
 * its own compact ones where they are small.
 */
final class ValueWriter {
  private ValueWriter() {}

  /** The code of the encoding that {@link #write} uses. */
  static int code(Value value) {
    if (value instanceof StringValue) {
      return RdbCode.STRING;
    } else if (value instanceof ListValue) {
      return RdbCode.LIST;
    } else if (value instanceof SetValue) {
      return RdbCode.SET;
    } else if (value instanceof HashValue) {
      return RdbCode.HASH;
    } else if (value instanceof StreamValue) {
      return RdbCode.STREAM_LISTPACKS_2;
    } else {
      return RdbCode.ZSET_2;
    }
  }

  static void write(Value value, RdbOutput out) {
    if (value instanceof StringValue string) {
      out.string(string.bytes());
    } else if (value instanceof ListValue list) {
      out.length(list.size());
      list.forEach(out::string);
    } else if (value instanceof SetValue set) {
      out.length(set.size());
      set.forEach(out::string);
    } else if (value instanceof HashValue hash) {
      out.length(hash.size());
      hash.forEach(
          (field, content) -> {
            out.string(field);
            out.string(content);
          });
    } else if (value instanceof StreamValue stream) {
      StreamWriter.write(stream, out);
    } else if (value instanceof SortedSetValue sortedSet) {
      out.length(sortedSet.size());
      // The highest score first, as Redis does: its loader inserts at the head of a list.
      sortedSet.rangeBack(
          0,
          sortedSet.size(),
          (member, score) -> {
            out.string(member);
            out.int64(Double.doubleToLongBits(score));
          });
    }
  }
}
