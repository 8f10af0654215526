package io.shardquake.node.core.keyspace;

import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.dict.Dict;
import io.shardquake.node.core.value.Value;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one database with their values and times of expiry, kept by hash slot, so that
 * counting, listing and dropping a slot cost what the slot holds. Every change goes through here
 * and is told to the {@link Observer}s. Knows no policy: what happens to an expired key is decided
 * by its callers. Not thread-safe.
 */
public final class Keyspace {
  /** Hears of changes. */
  public interface Observer {
    /**
     * A key is about to change, or to be looked up in order to be changed; snapshots save the old
     * value here. {@code value} is null if the key does not exist.
     */
    void aboutToChange(byte[] key, @Nullable Value value);

    /** A key has changed, come or gone. */
    void changed(byte[] key);

    /** A key has gone because its time had come; {@link #changed} has been called for that. */
    default void expired(byte[] key) {}

    /**
     * All keys are about to go at once. Their values will not change any more, so whoever wants
     * them may keep what {@code content} holds; {@link #aboutToChange} is not called for them.
     */
    default void aboutToClear(Content content) {}
  }

  /**
   * All that a keyspace holds at one moment.
   *
   * @param parts the keys and values of each part; null where there are none
   * @param expiries the times of expiry, in Unix milliseconds
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
  public record Content(@Nullable Dict<Value>[] parts, Dict<Long> expiries) {}

  private final int seed;
  private @Nullable Dict<Value>[] slots;
  private Dict<Long> expiries;
  private Observer[] observers = new Observer[0];
  private int size;
  private long changes;
  private long expired;

  /**
   * An empty keyspace.
   *
   * @param bySlot whether to keep keys by hash slot (cluster mode) or all together
   */
  public Keyspace(boolean bySlot, Randomness random) {
    this.slots = emptyParts(bySlot ? HashSlot.COUNT : 1);
    this.seed = random.below(Integer.MAX_VALUE);
    this.expiries = new Dict<>(seed);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // An array of a generic type has no other way.
  private static @Nullable Dict<Value>[] emptyParts(int count) {
    return (@Nullable Dict<Value>[]) new Dict[count];
  }

  /** Lets an observer hear of changes from now on; those who came first hear first. */
  public void observe(Observer by) {
    observers = Arrays.copyOf(observers, observers.length + 1);
    observers[observers.length - 1] = by;
  }

  /** Ceases to tell an observer. */
  public void forget(Observer by) {
    observers =
        Arrays.stream(observers).filter(observer -> observer != by).toArray(Observer[]::new);
  }

  private void announce(byte[] key, @Nullable Value value) {
    for (Observer observer : observers) {
      observer.aboutToChange(key, value);
    }
  }

  /** Number of keys, expired ones that are still there included. */
  public int size() {
    return size;
  }

  /** Number of keys with a time of expiry. */
  public int expirable() {
    return expiries.size();
  }

  /** Counts changes; whether a command changed anything shows in whether this moved. */
  public long changes() {
    return changes;
  }

  /** Counts changes that the keyspace does not see itself, made inside a value. */
  public void touch(byte[] key) {
    changes++;
    for (Observer observer : observers) {
      observer.changed(key);
    }
  }

  /** Counts changes without a key, as of FLUSHALL on an empty database. */
  public void countChange() {
    changes++;
  }

  /** A key's value, expired or not; null if it does not exist. For reading only. */
  public @Nullable Value get(byte[] key) {
    Dict<Value> dict = slots[indexOf(key)];
    return dict == null ? null : dict.get(key);
  }

  /** As {@link #get}, for callers that will change the value and then {@link #touch} it. */
  public @Nullable Value getToChange(byte[] key) {
    Value value = get(key);
    announce(key, value);
    return value;
  }

  /** Sets a key's value and leaves its time of expiry alone. */
  public void put(byte[] key, Value value) {
    int index = indexOf(key);
    Dict<Value> dict = slots[index];
    if (dict == null) {
      dict = new Dict<>(seed);
      slots[index] = dict;
    }
    announce(key, dict.get(key));
    if (dict.put(key, value) == null) {
      size++;
    }
    touch(key);
  }

  /** Removes a key and its time of expiry; false if it does not exist. */
  public boolean remove(byte[] key) {
    int index = indexOf(key);
    Dict<Value> dict = slots[index];
    Value value = dict == null ? null : dict.get(key);
    if (dict == null || value == null) {
      return false;
    }
    announce(key, value);
    dict.remove(key);
    if (dict.isEmpty() && slots.length > 1) {
      slots[index] = null;
    }
    expiries.remove(key);
    size--;
    touch(key);
    return true;
  }

  /** Removes a key because its time has come. */
  public void expire(byte[] key) {
    if (remove(key)) {
      expired++;
      for (Observer observer : observers) {
        observer.expired(key);
      }
    }
  }

  /** Keys removed because their time had come, since the start or {@link #resetCount}. */
  public long expired() {
    return expired;
  }

  /** Begins to count expired keys anew. */
  public void resetCount() {
    expired = 0;
  }

  /** When a key expires, in Unix milliseconds; -1 if never or if it does not exist. */
  public long expiry(byte[] key) {
    if (expiries.isEmpty()) {
      return -1;
    }
    Long at = expiries.get(key);
    return at == null ? -1 : at;
  }

  /** Sets when an existing key expires, in Unix milliseconds. */
  public void expireAt(byte[] key, long unixMillis) {
    announce(key, get(key));
    expiries.put(key, unixMillis);
    touch(key);
  }

  /** Takes a key's time of expiry away; false if it has none. */
  public boolean persist(byte[] key) {
    if (!expiries.contains(key)) {
      return false;
    }
    announce(key, get(key));
    expiries.remove(key);
    touch(key);
    return true;
  }

  /** Whether a key's time of expiry has passed (strictly). */
  public boolean isExpired(byte[] key, long nowMillis) {
    long at = expiry(key);
    return at >= 0 && nowMillis > at;
  }

  /** The keys with a time of expiry, for the active expiry cycle. */
  public Dict<Long> expiries() {
    return expiries;
  }

  /** Number of keys in a slot; only by-slot keyspaces know. */
  public int countInSlot(int slot) {
    Dict<Value> dict = slots[slot];
    return dict == null ? 0 : dict.size();
  }

  /** Visits a slot's keys, or all keys of a keyspace that is not by slot with {@code slot} 0. */
  public void forEachInSlot(int slot, BiConsumer<byte[], Value> visit) {
    Dict<Value> dict = slots[slot];
    if (dict != null) {
      dict.forEach(visit);
    }
  }

  /** Visits all keys; the keyspace must not change meanwhile. */
  public void forEach(BiConsumer<byte[], Value> visit) {
    for (Dict<Value> dict : slots) {
      if (dict != null) {
        dict.forEach(visit);
      }
    }
  }

  /** Number of parts that {@link #forEachInSlot} and {@link #scan} divide the keys into. */
  public int parts() {
    return slots.length;
  }

  /**
   * One step of an iteration over all keys with SCAN's guarantee. The cursor's low 14 bits name the
   * part, the rest the place in it.
   *
   * @return the next cursor; 0 when the iteration is complete
   */
  public long scan(long cursor, BiConsumer<byte[], Value> visit) {
    int part = slots.length == 1 ? 0 : (int) (cursor & (HashSlot.COUNT - 1));
    long place = slots.length == 1 ? cursor : cursor >>> 14;
    Dict<Value> dict = slots[part];
    if (dict != null) {
      place = dict.scan(place, visit);
      if (place != 0) {
        return slots.length == 1 ? place : (place << 14) | part;
      }
    }
    do {
      part++;
    } while (part < slots.length && slots[part] == null);
    return part < slots.length ? part : 0;
  }

  /** A key drawn at random; null if there is none. */
  public byte @Nullable [] randomKey(Randomness random) {
    if (size == 0) {
      return null;
    }
    int part = random.below(slots.length);
    while (true) {
      Dict<Value> dict = slots[part];
      if (dict != null && !dict.isEmpty()) {
        return dict.random(random::below).key();
      }
      part = (part + 1) % slots.length;
    }
  }

  /** Exchanges all keys with another keyspace (SWAPDB). Watchers of either are told of each key. */
  public void exchange(Keyspace other) {
    forEach(this::announce);
    other.forEach(other::announce);
    @Nullable Dict<Value>[] formerSlots = slots;
    Dict<Long> formerExpiries = expiries;
    int formerSize = size;
    slots = other.slots;
    expiries = other.expiries;
    size = other.size;
    other.slots = formerSlots;
    other.expiries = formerExpiries;
    other.size = formerSize;
    for (Keyspace either : List.of(this, other)) {
      either.forEach((key, value) -> touch(key));
      either.forEach((key, value) -> other.touch(key));
    }
  }

  /** Removes every key. Watchers are told of each one. */
  public void clear() {
    Content content = content();
    for (Observer observer : observers) {
      observer.aboutToClear(content);
    }
    slots = emptyParts(slots.length);
    expiries = new Dict<>(seed);
    size = 0;
    for (Dict<Value> dict : content.parts()) {
      if (dict != null) {
        dict.forEach((key, value) -> touch(key));
      }
    }
  }

  /** What the keyspace holds, itself and not a copy: for reading only. */
  public Content content() {
    return new Content(slots, expiries);
  }

  /** Removes the keys of a slot; gives how many there were. */
  public int clearPart(int slot) {
    Dict<Value> dict = slots[slot];
    if (dict == null) {
      return 0;
    }
    dict.forEach(this::announce);
    slots[slot] = null;
    int removed = dict.size();
    size -= removed;
    dict.forEach(
        (key, value) -> {
          expiries.remove(key);
          touch(key);
        });
    return removed;
  }

  private int indexOf(byte[] key) {
    return slots.length == 1 ? 0 : HashSlot.of(key);
  }
}
