package io.shardquake.node.core.rdb;

import io.shardquake.node.core.value.Value;
import java.util.Optional;

/** Takes the strings that a collection is written as, one by one, and makes the collection. */
interface Elements {
  void add(byte[] element) throws CorruptRdb;

  /** Hears that there are no more. */
  default void end() throws CorruptRdb {}

  /** The collection; empty if it has no elements. */
  Optional<Value> value();
}
