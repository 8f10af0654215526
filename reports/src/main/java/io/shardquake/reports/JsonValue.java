package io.shardquake.reports;

import com.fasterxml.jackson.core.JsonGenerator;
import io.shardquake.checkers.history.Value;
import java.io.IOException;
import java.util.Map;

/** Values as plain JSON. */
final class JsonValue {
  private JsonValue() {}

  /** Writes the value; a keyword becomes the string {@code ":name"}. */
  static void write(JsonGenerator out, Value value) throws IOException {
    if (value instanceof Value.Nil) {
      out.writeNull();
    } else if (value instanceof Value.Bool bool) {
      out.writeBoolean(bool.value());
    } else if (value instanceof Value.Int number) {
      out.writeNumber(number.value());
    } else if (value instanceof Value.Real real) {
      out.writeNumber(real.value());
    } else if (value instanceof Value.Text text) {
      out.writeString(text.value());
    } else if (value instanceof Value.Keyword keyword) {
      out.writeString(':' + keyword.name());
    } else if (value instanceof Value.Sequence sequence) {
      out.writeStartArray();
      for (Value item : sequence.items()) {
        write(out, item);
      }
      out.writeEndArray();
    } else if (value instanceof Value.Mapping mapping) {
      out.writeStartObject();
      for (Map.Entry<String, Value> entry : mapping.entries().entrySet()) {
        out.writeFieldName(entry.getKey());
        write(out, entry.getValue());
      }
      out.writeEndObject();
    }
  }
}
