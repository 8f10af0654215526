package io.shardquake.node.core.client;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What one client is subscribed to. Not thread-safe. */
public final class Subscriptions {
  private final TreeSet<byte[]> channels = new TreeSet<>(Arrays::compareUnsigned);
  private final TreeSet<byte[]> patterns = new TreeSet<>(Arrays::compareUnsigned);
  private final TreeSet<byte[]> shardChannels = new TreeSet<>(Arrays::compareUnsigned);

  /** What can be subscribed to. */
  public enum Kind {
    CHANNEL,
    PATTERN,
    SHARD_CHANNEL
  }

  private Set<byte[]> of(Kind kind) {
    return switch (kind) {
      case CHANNEL -> channels;
      case PATTERN -> patterns;
      case SHARD_CHANNEL -> shardChannels;
    };
  }

  /** Adds a subscription; false if it is there already. */
  public boolean add(Kind kind, byte[] name) {
    return of(kind).add(name);
  }

  /** Ends a subscription; false if there is none. */
  public boolean remove(Kind kind, byte[] name) {
    return of(kind).remove(name);
  }

  /** The names subscribed to, in order. */
  public List<byte[]> names(Kind kind) {
    return List.copyOf(of(kind));
  }

  /**
   * The number in confirmations: of shard channels by themselves, of channels and patterns
   * together.
   */
  public int count(Kind kind) {
    return kind == Kind.SHARD_CHANNEL ? shardChannels.size() : channels.size() + patterns.size();
  }

  public boolean isEmpty() {
    return channels.isEmpty() && patterns.isEmpty() && shardChannels.isEmpty();
  }
}
