package io.shardquake.checkers.history;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values as JSON, both ways without loss. What JSON has no form for is an object with one field
 * whose name begins with {@code @}, as {@code docs/history-format.md} lists; a mapping's own names
 * that begin so get a second {@code @}.
 */
public final class ValueJson {
  static final char MARK = '@';
  static final String KEYWORD = "@keyword";
  static final String BYTES = "@bytes";
  static final String REAL = "@real";
  static final String TAGGED = "@tagged";

  private ValueJson() {}

  /** Writes a value where the generator expects one. */
  public static void write(JsonGenerator json, Value value) throws IOException {
    try {
      value.accept(new ValueJsonWriter(json));
    } catch (UncheckedIOException problem) {
      throw problem.getCause();
    }
  }

  /**
   * Reads the value at the parser's current token, leaving it at the value's last.
   *
   * @throws IllegalArgumentException if that is none, with a message of one line
   */
  public static Value read(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_NULL -> Value.nil();
      case VALUE_TRUE -> Value.of(true);
      case VALUE_FALSE -> Value.of(false);
      case VALUE_NUMBER_INT -> readInteger(json);
      case VALUE_NUMBER_FLOAT -> readReal(json);
      case VALUE_STRING -> Value.of(json.getText());
      case START_ARRAY -> readSequence(json);
      case START_OBJECT -> readObject(json);
      default -> throw new IllegalArgumentException("a value is missing");
    };
  }

  private static Value readInteger(JsonParser json) throws IOException {
    if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw new IllegalArgumentException(json.getText() + " does not fit in 64 bits");
    }
    return Value.of(json.getLongValue());
  }

  private static Value readReal(JsonParser json) throws IOException {
    double value = json.getDoubleValue();
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException(json.getText() + " is out of range");
    }
    return Value.of(value);
  }

  private static Value readSequence(JsonParser json) throws IOException {
    List<Value> items = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      items.add(read(json));
    }
    return Value.of(items);
  }

  private static Value readObject(JsonParser json) throws IOException {
    Map<String, Value> entries = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      if (isMarked(name, 0) && !isMarked(name, 1)) {
        Value value = readMarked(name, read(json));
        if (!entries.isEmpty() || json.nextToken() != JsonToken.END_OBJECT) {
          throw new IllegalArgumentException("\"" + name + "\" must be alone in its object");
        }
        return value;
      }
      entries.put(isMarked(name, 0) ? name.substring(1) : name, read(json));
    }
    return new Value.Mapping(entries);
  }

  private static Value readMarked(String name, Value value) {
    return switch (name) {
      case KEYWORD -> new Value.Keyword(text(name, value));
      case BYTES -> new Value.Bytes(base64(text(name, value)));
      case REAL -> readSpecialReal(text(name, value));
      case TAGGED -> readTagged(value);
      default -> throw new IllegalArgumentException("\"" + name + "\" is no kind of value");
    };
  }

  private static Value readTagged(Value value) {
    if (value instanceof Value.Sequence sequence && sequence.items().size() == 2) {
      String tag = text(TAGGED, sequence.items().get(0));
      return new Value.Tagged(tag, sequence.items().get(1));
    }
    throw new IllegalArgumentException("\"" + TAGGED + "\" needs a tag and a value");
  }

  private static Value readSpecialReal(String text) {
    return switch (text) {
      case "NaN" -> Value.of(Double.NaN);
      case "Infinity" -> Value.of(Double.POSITIVE_INFINITY);
      case "-Infinity" -> Value.of(Double.NEGATIVE_INFINITY);
      default -> throw new IllegalArgumentException("\"" + text + "\" is no special number");
    };
  }

  private static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException problem) {
      throw new IllegalArgumentException("\"" + BYTES + "\" needs base64", problem);
    }
  }

  private static String text(String name, Value value) {
    if (value instanceof Value.Text text) {
      return text.value();
    }
    throw new IllegalArgumentException("\"" + name + "\" needs a string");
  }

  private static boolean isMarked(String name, int position) {
    return name.length() > position && name.charAt(position) == MARK;
  }
}
