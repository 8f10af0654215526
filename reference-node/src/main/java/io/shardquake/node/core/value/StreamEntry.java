package io.shardquake.node.core.value;

import java.util.List;

/**
 * An entry of a stream.
 *
 * @param fields fields and values in turn
 */
public record StreamEntry(StreamId id, List<byte[]> fields) {
  public StreamEntry {
    fields = List.copyOf(fields);
  }
}
