package io.shardquake.node.core.value;

import io.shardquake.node.core.dict.Dict;
import java.util.function.BiConsumer;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Fields and their values: packed in the order of arrival while small, then in a table. */
public final class HashValue extends Value {
  private final PackedEntries packed = new PackedEntries();
  private @Nullable Dict<byte[]> table;

  /** Number of fields. */
  public int size() {
    return table == null ? packed.count() / 2 : table.size();
  }

  public boolean isEmpty() {
    return size() == 0;
  }

  /** A field's value; null if there is none. Must not be written to. */
  public byte @Nullable [] get(byte[] field) {
    if (table != null) {
      return table.get(field);
    }
    int at = packed.find(field, 2);
    return at < 0 ? null : packed.get(packed.next(at));
  }

  public boolean contains(byte[] field) {
    return table != null ? table.contains(field) : packed.find(field, 2) >= 0;
  }

  /** Sets a field's value; true if the field is new. The arrays are given away. */
  public boolean put(byte[] field, byte[] value, EncodingLimits limits) {
    if (field.length > limits.hashValue() || value.length > limits.hashValue()) {
      convert(limits);
    }
    if (table != null) {
      return table.put(field, value) == null;
    }
    int at = packed.find(field, 2);
    if (at >= 0) {
      packed.replace(packed.next(at), value);
      return false;
    }
    packed.insert(packed.insert(packed.end(), field), value);
    if (size() > limits.hashEntries()) {
      convert(limits);
    }
    return true;
  }

  /** Removes a field; false if there is none. */
  public boolean remove(byte[] field) {
    if (table != null) {
      return table.remove(field) != null;
    }
    int at = packed.find(field, 2);
    if (at < 0) {
      return false;
    }
    packed.remove(at, 2);
    return true;
  }

  /** Visits every field with its value; the hash must not change meanwhile. */
  public void forEach(BiConsumer<byte[], byte[]> visit) {
    if (table != null) {
      table.forEach(visit);
      return;
    }
    int at = 0;
    while (at < packed.end()) {
      int value = packed.next(at);
      visit.accept(packed.get(at), packed.get(value));
      at = packed.next(value);
    }
  }

  /** One step of HSCAN, all of a small hash at once; as {@link Dict#scan}. */
  public long scan(long cursor, BiConsumer<byte[], byte[]> visit) {
    if (table != null) {
      return table.scan(cursor, visit);
    }
    forEach(visit);
    return 0;
  }

  /** Visits a field, drawn at random, with its value; the hash must not be empty. */
  public void random(IntUnaryOperator below, BiConsumer<byte[], byte[]> visit) {
    if (table != null) {
      Dict.Entry<byte[]> entry = table.random(below);
      visit.accept(entry.key(), entry.value());
      return;
    }
    int at = packed.offset(2 * below.applyAsInt(size()));
    visit.accept(packed.get(at), packed.get(packed.next(at)));
  }

  /** Whether it is in its compact form. */
  public boolean isPacked() {
    return table == null;
  }

  private void convert(EncodingLimits limits) {
    if (table == null) {
      Dict<byte[]> converted = new Dict<>(limits.hashSeed());
      forEach(converted::put);
      packed.clear();
      table = converted;
    }
  }

  @Override
  public String type() {
    return "hash";
  }

  @Override
  public String encoding() {
    return table == null ? "listpack" : "hashtable";
  }

  @Override
  public HashValue copy() {
    HashValue copy = new HashValue();
    if (table != null) {
      copy.table = table.copy(value -> value);
    } else {
      packed.copyTo(copy.packed);
    }
    return copy;
  }
}
