package io.shardquake.node.core.value;

/** What a key holds. Mutable, owned by the keyspace; not thread-safe. */
public sealed interface Value permits StringValue, ListValue, HashValue, SetValue, SortedSetValue {
  /** The word of the TYPE command. */
  String type();

  /** The word of OBJECT ENCODING: how Redis would store this value. */
  String encoding();

  /** An independent value with the same content and encoding. */
  Value copy();
}
