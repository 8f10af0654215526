package io.shardquake.node.core.dict;

import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A hash table from byte strings to values. Its {@link #scan} keeps SCAN's promise: what is there
 * from the first call to the last is seen at least once, however the table grows or shrinks in
 * between, because cursors count in reversed bits (Redis documentation, SCAN, "Scan guarantees").
 *
 * <p>Keys are not copied: whoever puts an array in gives it away. Iteration order follows from the
 * seed and the operations, so it is the same in every JVM. Not thread-safe.
 *
 * @param <V> values; never null
 */
public final class Dict<V> {
  private static final int LEAST_CAPACITY = 4;

  /** One key and its value. */
  public static final class Entry<V> {
    private final byte[] key;
    private final int hash;
    private V value;
    private @Nullable Entry<V> next;

    private Entry(byte[] key, int hash, V value, @Nullable Entry<V> next) {
      this.key = key;
      this.hash = hash;
      this.value = value;
      this.next = next;
    }

    /** The key itself, not a copy: it must not be written to. */
    public byte[] key() {
      return key;
    }

    public V value() {
      return value;
    }

    public void setValue(V replacement) {
      this.value = replacement;
    }
  }

  private final int seed;
  private @Nullable Entry<V>[] table = newTable(LEAST_CAPACITY);
  private int size;

  /**
   * An empty table.
   *
   * @param seed changes which keys collide, so that nobody outside can choose them
   */
  public Dict(int seed) {
    this.seed = seed;
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** The value of a key; null if it has none. */
  public @Nullable V get(byte[] key) {
    Entry<V> entry = find(key);
    return entry == null ? null : entry.value;
  }

  /** The entry of a key; null if there is none. */
  public @Nullable Entry<V> find(byte[] key) {
    int hash = hash(key);
    for (Entry<V> e = table[hash & (table.length - 1)]; e != null; e = e.next) {
      if (e.hash == hash && Arrays.equals(e.key, key)) {
        return e;
      }
    }
    return null;
  }

  public boolean contains(byte[] key) {
    return find(key) != null;
  }

  /** Sets a key's value; gives the one it had, or null. */
  public @Nullable V put(byte[] key, V value) {
    Entry<V> entry = find(key);
    if (entry != null) {
      V old = entry.value;
      entry.value = value;
      return old;
    }
    if (size >= table.length) {
      resize(table.length * 2);
    }
    int hash = hash(key);
    int bucket = hash & (table.length - 1);
    table[bucket] = new Entry<>(key, hash, value, table[bucket]);
    size++;
    return null;
  }

  /** Removes a key; gives the value it had, or null. */
  public @Nullable V remove(byte[] key) {
    int hash = hash(key);
    int bucket = hash & (table.length - 1);
    Entry<V> before = null;
    for (Entry<V> e = table[bucket]; e != null; before = e, e = e.next) {
      if (e.hash == hash && Arrays.equals(e.key, key)) {
        if (before == null) {
          table[bucket] = e.next;
        } else {
          before.next = e.next;
        }
        size--;
        if (table.length > LEAST_CAPACITY && size * 8 < table.length) {
          resize(table.length / 2);
        }
        return e.value;
      }
    }
    return null;
  }

  public void clear() {
    table = newTable(LEAST_CAPACITY);
    size = 0;
  }

  /** A table with the same keys, whose arrays are shared, and the values that {@code map} gives. */
  public Dict<V> copy(UnaryOperator<V> map) {
    Dict<V> copy = new Dict<>(seed);
    copy.table = newTable(table.length);
    for (int bucket = 0; bucket < table.length; bucket++) {
      for (Entry<V> e = table[bucket]; e != null; e = e.next) {
        copy.table[bucket] = new Entry<>(e.key, e.hash, map.apply(e.value), copy.table[bucket]);
      }
    }
    copy.size = size;
    return copy;
  }

  /** Calls {@code visit} for every entry; the table must not change meanwhile. */
  public void forEach(BiConsumer<byte[], V> visit) {
    for (Entry<V> head : table) {
      for (Entry<V> e = head; e != null; e = e.next) {
        visit.accept(e.key, e.value);
      }
    }
  }

  /** An entry drawn fairly enough from a non-empty table: the draw picks a bucket, then a place. */
  public Entry<V> random(java.util.function.IntUnaryOperator below) {
    if (size == 0) {
      throw new IllegalStateException("an empty table has no entry to draw");
    }
    while (true) {
      Entry<V> head = table[below.applyAsInt(table.length)];
      int length = 0;
      for (Entry<V> e = head; e != null; e = e.next) {
        length++;
      }
      if (length == 0) {
        continue;
      }
      int steps = below.applyAsInt(length);
      Entry<V> chosen = head;
      while (steps-- > 0 && chosen != null) {
        chosen = chosen.next;
      }
      if (chosen != null) {
        return chosen;
      }
    }
  }

  /**
   * One step of an iteration: visits one bucket.
   *
   * @param cursor 0 to begin, then what the last call gave
   * @return the next cursor; 0 when the iteration is complete
   */
  public long scan(long cursor, BiConsumer<byte[], V> visit) {
    long mask = table.length - 1L;
    for (Entry<V> e = table[(int) (cursor & mask)]; e != null; e = e.next) {
      visit.accept(e.key, e.value);
    }
    long reversed = Long.reverse(cursor | ~mask);
    return Long.reverse(reversed + 1);
  }

  /** Where a {@link #walk} is that has seen every entry. */
  public static final long END = 1L << 32;

  /**
   * One step of a walk: visits one bucket. Unlike a scan, a walk sees whatever is there from its
   * first step to its last exactly once, because it goes by the keys' own {@link #place}s.
   *
   * @param place 0 to begin, then what the last step gave
   * @return how far the walk has got: it has passed all keys of lesser places; at last {@link #END}
   */
  public long walk(long place, BiConsumer<byte[], V> visit) {
    int bucket = Integer.reverse((int) place) & (table.length - 1);
    for (Entry<V> e = table[bucket]; e != null; e = e.next) {
      if (place(e.hash) >= place) {
        visit.accept(e.key, e.value);
      }
    }
    long span = END / table.length;
    return place - place % span + span;
  }

  /** Where on its way from 0 to {@link #END} a {@link #walk} meets a key. */
  public long place(byte[] key) {
    return place(hash(key));
  }

  private static long place(int hash) {
    return Integer.reverse(hash) & 0xffffffffL;
  }

  private void resize(int capacity) {
    @Nullable Entry<V>[] old = table;
    table = newTable(capacity);
    for (Entry<V> head : old) {
      Entry<V> e = head;
      while (e != null) {
        Entry<V> following = e.next;
        int bucket = e.hash & (capacity - 1);
        e.next = table[bucket];
        table[bucket] = e;
        e = following;
      }
    }
  }

  private int hash(byte[] key) {
    int h = seed;
    for (byte b : key) {
      h = (h ^ (b & 0xff)) * 0x01000193;
      h = Integer.rotateLeft(h, 13);
    }
    h ^= h >>> 16;
    h *= 0x85ebca6b;
    h ^= h >>> 13;
    h *= 0xc2b2ae35;
    return h ^ (h >>> 16);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // An array of a generic type has no other way.
  private static <V> @Nullable Entry<V>[] newTable(int capacity) {
    return (@Nullable Entry<V>[]) new Entry[capacity];
  }
}
