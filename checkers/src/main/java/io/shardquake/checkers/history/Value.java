package io.shardquake.checkers.history;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an operation carries: plain data, immutable, compared by content. It is the common ground of
 * JSON and EDN, so that a history survives the way through either.
 */
public sealed interface Value {
  /** Absence: a read that has not answered, a key that does not exist. */
  enum Nil implements Value {
    NIL;

    @Override
    public String toString() {
      return "nil";
    }
  }

  /** A truth value. */
  record Bool(boolean value) implements Value {
    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /** A whole number of 64 bits. */
  record Int(long value) implements Value {
    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  /** A floating-point number. */
  record Real(double value) implements Value {
    @Override
    public String toString() {
      return Double.toString(value);
    }
  }

  /** A string. */
  record Text(String value) implements Value {
    @Override
    public String toString() {
      return '"' + value + '"';
    }
  }

  /** An EDN keyword, without its colon. */
  record Keyword(String name) implements Value {
    @Override
    public String toString() {
      return ':' + name;
    }
  }

  /** Values in order. */
  record Sequence(List<Value> items) implements Value {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String toString() {
      return items.toString();
    }
  }

  /** Named values in insertion order; equality ignores the order. */
  record Mapping(Map<String, Value> entries) implements Value {
    public static final Mapping EMPTY = new Mapping(Map.of());

    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    @Override
    public String toString() {
      return entries.toString();
    }
  }

  static Value nil() {
    return Nil.NIL;
  }

  static Value of(long value) {
    return new Int(value);
  }

  static Value of(double value) {
    return new Real(value);
  }

  static Value of(boolean value) {
    return new Bool(value);
  }

  static Value of(String value) {
    return new Text(value);
  }

  static Value of(List<? extends Value> items) {
    return new Sequence(List.copyOf(items));
  }

  /** A sequence of two, as a compare-and-set's expected and new value. */
  static Value pair(Value first, Value second) {
    return new Sequence(List.of(first, second));
  }

  default boolean isNil() {
    return this == Nil.NIL;
  }
}
