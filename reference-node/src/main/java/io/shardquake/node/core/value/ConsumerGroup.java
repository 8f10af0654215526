package io.shardquake.node.core.value;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Consumers that share the entries of a stream, and what was delivered to them and not acknowledged
 * yet. Not thread-safe.
 */
public final class ConsumerGroup {
  /** How many entries were read cannot be said. */
  public static final long UNKNOWN = -1;

  private final Map<byte[], Consumer> consumers = new TreeMap<>(Arrays::compareUnsigned);
  private final NavigableMap<StreamId, Pending> pending = new TreeMap<>();
  private StreamId lastDelivered;
  private long entriesRead;

  public ConsumerGroup(StreamId lastDelivered, long entriesRead) {
    this.lastDelivered = lastDelivered;
    this.entriesRead = entriesRead;
  }

  /** One that reads for a group. Not thread-safe. */
  public static final class Consumer {
    private final byte[] name;
    private final NavigableMap<StreamId, Pending> pending = new TreeMap<>();
    private long seenAt;

    Consumer(byte[] name, long seenAt) {
      this.name = name;
      this.seenAt = seenAt;
    }

    public byte[] name() {
      return name;
    }

    /** What was delivered to it and not acknowledged. */
    public NavigableMap<StreamId, Pending> pending() {
      return pending;
    }

    /** Unix milliseconds of the last time that it asked for something. */
    public long seenAt() {
      return seenAt;
    }

    public void seen(long unixMillis) {
      this.seenAt = unixMillis;
    }
  }

  /** An entry that was delivered and not acknowledged. Not thread-safe. */
  public static final class Pending {
    private @Nullable Consumer consumer;
    private long deliveredAt;
    private long deliveries;

    Pending(long deliveredAt, long deliveries) {
      this.deliveredAt = deliveredAt;
      this.deliveries = deliveries;
    }

    /** To whom it was delivered; nobody only until it is assigned. */
    public Optional<Consumer> consumer() {
      return Optional.ofNullable(consumer);
    }

    /** Unix milliseconds. */
    public long deliveredAt() {
      return deliveredAt;
    }

    public long deliveries() {
      return deliveries;
    }

    /** It was delivered once more, or is said to have been. */
    public void delivered(long unixMillis, long times) {
      this.deliveredAt = unixMillis;
      this.deliveries = times;
    }
  }

  public StreamId lastDelivered() {
    return lastDelivered;
  }

  public void lastDelivered(StreamId id) {
    this.lastDelivered = id;
  }

  /** How many entries of the stream it has read; {@link #UNKNOWN} if that cannot be said. */
  public long entriesRead() {
    return entriesRead;
  }

  public void entriesRead(long count) {
    this.entriesRead = count;
  }

  /** The consumers by name. */
  public Map<byte[], Consumer> consumers() {
    return consumers;
  }

  /** What was delivered to any of them and not acknowledged. */
  public NavigableMap<StreamId, Pending> pending() {
    return pending;
  }

  public Optional<Consumer> consumer(byte[] name) {
    return Optional.ofNullable(consumers.get(name));
  }

  /** Makes a consumer, which must not exist. */
  public Consumer create(byte[] name, long nowMillis) {
    Consumer consumer = new Consumer(name, nowMillis);
    consumers.put(name, consumer);
    return consumer;
  }

  /** Removes a consumer with all that it has not acknowledged. */
  public void remove(Consumer consumer) {
    consumer.pending.keySet().forEach(pending::remove);
    consumers.remove(consumer.name);
  }

  /** Adds an entry that was delivered to nobody yet. */
  public Pending add(StreamId id, long nowMillis) {
    Pending added = new Pending(nowMillis, 1);
    pending.put(id, added);
    return added;
  }

  /** Gives an entry to a consumer, in place of the one that has it. */
  public void assign(StreamId id, Pending entry, Consumer to) {
    if (entry.consumer != null) {
      entry.consumer.pending.remove(id);
    }
    entry.consumer = to;
    to.pending.put(id, entry);
  }

  /** Acknowledges an entry; false if it is not pending. */
  public boolean acknowledge(StreamId id) {
    Pending removed = pending.remove(id);
    if (removed == null) {
      return false;
    }
    removed.consumer().ifPresent(consumer -> consumer.pending.remove(id));
    return true;
  }

  ConsumerGroup copy() {
    ConsumerGroup copy = new ConsumerGroup(lastDelivered, entriesRead);
    consumers.forEach(
        (name, consumer) -> {
          Consumer twin = copy.create(name, consumer.seenAt);
          consumer.pending.forEach(
              (id, entry) -> {
                Pending added = copy.add(id, entry.deliveredAt);
                added.delivered(entry.deliveredAt, entry.deliveries);
                copy.assign(id, added, twin);
              });
        });
    return copy;
  }
}
