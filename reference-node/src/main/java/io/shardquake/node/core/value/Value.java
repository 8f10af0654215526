package io.shardquake.node.core.value;

/** What a key holds. Mutable, owned by the keyspace; not thread-safe. */
public abstract sealed class Value
    permits StringValue, ListValue, HashValue, SetValue, SortedSetValue, StreamValue {
  private int access;

  /** The word of the TYPE command. */
  public abstract String type();

  /** The word of OBJECT ENCODING: how Redis would store this value. */
  public abstract String encoding();

  /** An independent value with the same content and encoding. */
  public abstract Value copy();

  /** What is known of accesses, in the form that the keyspace's clock of accesses gives it. */
  public final int access() {
    return access;
  }

  /** Notes an access. */
  public final void access(int word) {
    this.access = word;
  }
}
