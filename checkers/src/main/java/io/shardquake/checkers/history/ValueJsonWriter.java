package io.shardquake.checkers.history;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Writes each kind of value in its JSON form. Errors come out as {@link UncheckedIOException}. */
final class ValueJsonWriter implements Value.Visitor<JsonGenerator> {
  private final JsonGenerator json;

  ValueJsonWriter(JsonGenerator json) {
    this.json = json;
  }

  private interface Step {
    void run() throws IOException;
  }

  private JsonGenerator write(Step step) {
    try {
      step.run();
      return json;
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  @Override
  public JsonGenerator nil() {
    return write(json::writeNull);
  }

  @Override
  public JsonGenerator bool(boolean value) {
    return write(() -> json.writeBoolean(value));
  }

  @Override
  public JsonGenerator integer(long value) {
    return write(() -> json.writeNumber(value));
  }

  @Override
  public JsonGenerator real(double value) {
    return Double.isFinite(value)
        ? write(() -> json.writeNumber(value))
        : marked(ValueJson.REAL, Value.of(Double.toString(value)));
  }

  @Override
  public JsonGenerator text(String value) {
    return write(() -> json.writeString(value));
  }

  @Override
  public JsonGenerator bytes(Value.Bytes value) {
    return marked(ValueJson.BYTES, Value.of(Base64.getEncoder().encodeToString(value.toArray())));
  }

  @Override
  public JsonGenerator keyword(String name) {
    return marked(ValueJson.KEYWORD, Value.of(name));
  }

  @Override
  public JsonGenerator sequence(List<Value> items) {
    return write(
        () -> {
          json.writeStartArray();
          items.forEach(item -> item.accept(this));
          json.writeEndArray();
        });
  }

  @Override
  public JsonGenerator mapping(Map<String, Value> entries) {
    return write(
        () -> {
          json.writeStartObject();
          for (Map.Entry<String, Value> entry : entries.entrySet()) {
            String name = entry.getKey();
            boolean marked = !name.isEmpty() && name.charAt(0) == ValueJson.MARK;
            json.writeFieldName(marked ? ValueJson.MARK + name : name);
            entry.getValue().accept(this);
          }
          json.writeEndObject();
        });
  }

  @Override
  public JsonGenerator tagged(String tag, Value value) {
    return marked(ValueJson.TAGGED, Value.pair(Value.of(tag), value));
  }

  private JsonGenerator marked(String name, Value value) {
    return write(
        () -> {
          json.writeStartObject();
          json.writeFieldName(name);
          value.accept(this);
          json.writeEndObject();
        });
  }
}
