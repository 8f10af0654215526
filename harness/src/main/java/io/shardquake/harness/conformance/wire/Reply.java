package io.shardquake.harness.conformance.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A reply of RESP2, as it came. Strings hold one character for each byte. */
public sealed interface Reply {

  /** A simple string. */
  record Status(String text) implements Reply {
    @Override
    public String toString() {
      return text;
    }
  }

  /** An error, without the dash. */
  record Failure(String text) implements Reply {
    @Override
    public String toString() {
      return "-" + text;
    }
  }

  /** An integer. */
  record Int(long value) implements Reply {
    @Override
    public String text() {
      return Long.toString(value);
    }

    @Override
    public String toString() {
      return ":" + value;
    }
  }

  /** A bulk string. */
  record Bulk(String text) implements Reply {
    @Override
    public String toString() {
      return '"' + text + '"';
    }
  }

  /** An array. */
  record Items(List<Reply> items) implements Reply {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String text() {
      return "";
    }

    @Override
    public String toString() {
      return items.stream().map(Reply::toString).collect(Collectors.joining(", ", "[", "]"));
    }
  }

  /** A bulk string or array that is none. */
  record Nil() implements Reply {
    @Override
    public String text() {
      return "";
    }

    @Override
    public String toString() {
      return "nil";
    }
  }

  /** Its text, of an integer its digits; empty for an array and for none. */
  String text();

  /** Its elements; empty for what is no array. */
  default List<Reply> elements() {
    return this instanceof Items array ? array.items() : List.of();
  }

  /** The error; empty for every other reply. */
  default Optional<String> error() {
    return this instanceof Failure failure ? Optional.of(failure.text()) : Optional.empty();
  }

  /** Whether it is an error that begins with this. */
  default boolean isError(String beginning) {
    return error().filter(text -> text.startsWith(beginning)).isPresent();
  }

  /** Whether it is no error. */
  default boolean isFine() {
    return error().isEmpty();
  }

  /** Whether it is this text. */
  default boolean is(String text) {
    return isFine() && text().equals(text);
  }

  /** The bytes that a text of this package stands for. */
  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
