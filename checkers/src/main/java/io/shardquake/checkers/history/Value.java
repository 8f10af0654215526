package io.shardquake.checkers.history;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an operation carries: plain data, immutable, compared by content. It is the common ground of
 * JSON and EDN, so that a history survives the way through either. Its strings are Unicode: half a
 * surrogate pair, which has no form in UTF-8, is an {@link IllegalArgumentException}.
 *
 * <p>Hash codes depend on the content alone, so they are the same in every JVM.
 */
public sealed interface Value {
  /** Absence: a read that has not answered, a key that does not exist. */
  record Nil() implements Value {
    public static final Nil NIL = new Nil();

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.nil();
    }

    @Override
    public String toString() {
      return "nil";
    }
  }

  /** A truth value. */
  record Bool(boolean value) implements Value {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.bool(value);
    }

    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /** A whole number of 64 bits. */
  record Int(long value) implements Value {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.integer(value);
    }

    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  /** A floating-point number. */
  record Real(double value) implements Value {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.real(value);
    }

    @Override
    public String toString() {
      return Double.toString(value);
    }
  }

  /** A string. */
  record Text(String value) implements Value {
    public Text {
      Unicode.require(value);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.text(value);
    }

    @Override
    public String toString() {
      return '"' + value + '"';
    }
  }

  /** Bytes that are not the UTF-8 form of any string. Those that are should be {@link Text}. */
  final class Bytes implements Value {
    private final byte[] bytes;

    public Bytes(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    /** A copy. */
    public byte[] toArray() {
      return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.bytes(this);
    }

    @Override
    public String toString() {
      return "0x" + HexFormat.of().formatHex(bytes);
    }
  }

  /** An EDN keyword, without its colon. */
  record Keyword(String name) implements Value {
    public Keyword {
      Unicode.require(name);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.keyword(name);
    }

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
    public <R> R accept(Visitor<R> visitor) {
      return visitor.sequence(items);
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
      entries.keySet().forEach(Unicode::require);
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.mapping(entries);
    }

    @Override
    public String toString() {
      return entries.toString();
    }
  }

  /** A value of a kind that only EDN names: a tagged literal, a symbol, a character, a ratio, … */
  record Tagged(String tag, Value value) implements Value {
    public Tagged {
      Unicode.require(tag);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.tagged(tag, value);
    }

    @Override
    public String toString() {
      return '#' + tag + ' ' + value;
    }
  }

  /** One case for each kind of value. */
  interface Visitor<R> {
    R nil();

    R bool(boolean value);

    R integer(long value);

    R real(double value);

    R text(String value);

    R bytes(Bytes value);

    R keyword(String name);

    R sequence(List<Value> items);

    R mapping(Map<String, Value> entries);

    R tagged(String tag, Value value);
  }

  /** What the visitor makes of this value. */
  <R> R accept(Visitor<R> visitor);

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

  /** The string that the bytes are in UTF-8, or else the {@link Bytes} themselves. */
  static Value of(byte[] bytes) {
    try {
      return new Text(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException notText) {
      return new Bytes(bytes);
    }
  }

  /** A sequence of two, as a compare-and-set's expected and new value. */
  static Value pair(Value first, Value second) {
    return new Sequence(List.of(first, second));
  }

  default boolean isNil() {
    return this instanceof Nil;
  }
}
