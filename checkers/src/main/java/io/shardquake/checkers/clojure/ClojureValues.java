package io.shardquake.checkers.clojure;

import clojure.lang.BigInt;
import clojure.lang.IPersistentSet;
import clojure.lang.Keyword;
import clojure.lang.PersistentVector;
import clojure.lang.RT;
import clojure.lang.Sequential;
import io.shardquake.checkers.history.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Clojure's data as values of this library and back. Not thread-safe.
 *
 * <p>What has a counterpart becomes that; a set becomes a sequence. Anything else becomes a number
 * of its own under the tag {@value #OPAQUE}, the same for what {@code =} says is the same.
 */
final class ClojureValues {
  private static final String OPAQUE = "clojure/opaque";

  private final Map<Equivalent, Value> opaque = new HashMap<>();

  /** The value for some of Clojure's data. */
  Value toValue(@Nullable Object data) {
    if (data == null) {
      return Value.nil();
    }
    if (data instanceof String text) {
      return Value.of(text);
    }
    if (data instanceof Keyword keyword) {
      return new Value.Keyword(keyword.sym.toString());
    }
    if (data instanceof Boolean truth) {
      return Value.of(truth.booleanValue());
    }
    if (data instanceof Number number && isWhole(number)) {
      return Value.of(number.longValue());
    }
    if (data instanceof Sequential || data instanceof IPersistentSet) {
      return items(data);
    }
    return opaque(data);
  }

  /** The number for some of Clojure's data, whatever it is. */
  Value opaque(@Nullable Object data) {
    return opaque.computeIfAbsent(
        new Equivalent(data), key -> new Value.Tagged(OPAQUE, Value.of(opaque.size())));
  }

  private Value items(Object data) {
    List<Value> items = new ArrayList<>();
    for (Object item : (Iterable<?>) data) {
      items.add(toValue(item));
    }
    return Value.of(items);
  }

  private static boolean isWhole(Number number) {
    return number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte
        || (number instanceof BigInt big && big.bipart == null)
        || (number instanceof BigInteger bigger && bigger.bitLength() < Long.SIZE);
  }

  /** Clojure's data for a value. */
  static @Nullable Object toData(Value value) {
    return value.isNil() ? null : value.accept(new Data());
  }

  private static final class Data implements Value.Visitor<Object> {
    private static final Keyword TAG = Keyword.intern("tag");
    private static final Keyword VALUE = Keyword.intern("value");

    @Override
    public Object nil() {
      throw new IllegalStateException("nil is no object");
    }

    @Override
    public Object bool(boolean value) {
      return value;
    }

    @Override
    public Object integer(long value) {
      return value;
    }

    @Override
    public Object real(double value) {
      return value;
    }

    @Override
    public Object text(String value) {
      return value;
    }

    @Override
    public Object bytes(Value.Bytes value) {
      return value.toArray();
    }

    @Override
    public Object keyword(String name) {
      return Keyword.intern(name);
    }

    @Override
    public Object sequence(List<Value> items) {
      return PersistentVector.create(items.stream().map(ClojureValues::toData).toArray());
    }

    @Override
    public Object mapping(Map<String, Value> entries) {
      List<@Nullable Object> data = new ArrayList<>();
      entries.forEach(
          (name, value) -> {
            data.add(Keyword.intern(name));
            data.add(toData(value));
          });
      return RT.map(data.toArray());
    }

    @Override
    public Object tagged(String tag, Value value) {
      return RT.map(TAG, tag, VALUE, toData(value));
    }
  }
}
