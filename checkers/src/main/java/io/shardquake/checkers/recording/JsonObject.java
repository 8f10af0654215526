package io.shardquake.checkers.recording;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One object of a JSON Lines file. What is missing or of the wrong type is an {@link
 * IllegalArgumentException} with a message of one line.
 */
public final class JsonObject {
  private final JsonNode fields;

  JsonObject(JsonNode fields) {
    this.fields = fields;
  }

  /** A whole number of 64 bits. */
  public long number(String name) {
    JsonNode field = field(name);
    if (!field.isIntegralNumber() || !field.canConvertToLong()) {
      throw new IllegalArgumentException("\"" + name + "\" is not a whole number of 64 bits");
    }
    return field.longValue();
  }

  /** A whole number of 32 bits. */
  public int integer(String name) {
    long number = number(name);
    if (number != (int) number) {
      throw new IllegalArgumentException("\"" + name + "\" is not a whole number of 32 bits");
    }
    return (int) number;
  }

  /** A string. */
  public String string(String name) {
    return text(name, field(name));
  }

  /** A string, or {@code otherwise} if there is no such field. */
  public String stringOr(String name, String otherwise) {
    return fields.has(name) ? string(name) : otherwise;
  }

  /** Strings in order; empty if there is no such field. */
  public List<String> strings(String name) {
    if (!fields.has(name)) {
      return List.of();
    }
    if (!field(name).isArray()) {
      throw new IllegalArgumentException("\"" + name + "\" is not an array of strings");
    }
    List<String> strings = new ArrayList<>();
    for (JsonNode item : field(name)) {
      strings.add(text(name, item));
    }
    return strings;
  }

  /** A parser at the first token of a field; empty if there is no such field. */
  public Optional<JsonParser> parser(String name) throws IOException {
    if (!fields.has(name)) {
      return Optional.empty();
    }
    JsonParser parser = field(name).traverse();
    parser.nextToken();
    return Optional.of(parser);
  }

  private JsonNode field(String name) {
    JsonNode field = fields.get(name);
    if (field == null) {
      throw new IllegalArgumentException("\"" + name + "\" is missing");
    }
    return field;
  }

  private static String text(String name, JsonNode node) {
    if (!node.isTextual()) {
      throw new IllegalArgumentException("\"" + name + "\" is not a string");
    }
    return node.textValue();
  }
}
