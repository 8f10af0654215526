package io.shardquake.workloads.protocol;

import io.shardquake.checkers.history.Value;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A server's answer to one command. */
public sealed interface Reply {
  /** What says that a command was carried out. */
  Text OK = Text.of("OK");

  /** What says that a command waits for EXEC. */
  Text QUEUED = Text.of("QUEUED");

  /** This reply as a value of a history. */
  Value toValue();

  /** An error: its whole message, which begins with its code. */
  record Failure(String message) implements Reply {
    @Override
    public Value toValue() {
      return Value.of(message);
    }
  }

  /** A number. */
  record Int(long number) implements Reply {
    @Override
    public Value toValue() {
      return Value.of(number);
    }
  }

  /**
   * A string of bytes, sent as a bulk string or as a simple string. The two are not told apart: nor
   * does the decoder do so, nor does any command answer with one where the other would mean more.
   */
  final class Text implements Reply {
    private static final int MAX_DIGITS = 18;

    private final byte[] bytes;

    /** Takes the bytes as they are; they must not be changed any more. */
    public Text(byte[] bytes) {
      this.bytes = bytes;
    }

    /** A string in UTF-8. */
    public static Text of(String text) {
      return new Text(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes themselves; not to be changed. */
    public byte[] bytes() {
      return bytes;
    }

    /** As text in UTF-8. */
    public String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Text string && Arrays.equals(bytes, string.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return "Text[" + text() + "]";
    }

    /** The number that the string stands for, because Redis keeps numbers so; else its text. */
    @Override
    public Value toValue() {
      int first = bytes.length > 0 && bytes[0] == '-' ? 1 : 0;
      int digits = bytes.length - first;
      if (digits == 0 || digits > MAX_DIGITS || (bytes[first] == '0' && bytes.length > 1)) {
        return Value.of(text());
      }
      long magnitude = 0;
      for (int i = first; i < bytes.length; i++) {
        if (bytes[i] < '0' || bytes[i] > '9') {
          return Value.of(text());
        }
        magnitude = 10 * magnitude + (bytes[i] - '0');
      }
      return Value.of(first == 1 ? -magnitude : magnitude);
    }
  }

  /** Replies in order. */
  record Array(List<Reply> items) implements Reply {
    public Array {
      items = List.copyOf(items);
    }

    @Override
    public Value toValue() {
      return Value.of(items.stream().map(Reply::toValue).toList());
    }
  }

  /** Absence, be it of a string or of an array. */
  enum Absent implements Reply {
    ABSENT;

    @Override
    public Value toValue() {
      return Value.nil();
    }
  }
}
