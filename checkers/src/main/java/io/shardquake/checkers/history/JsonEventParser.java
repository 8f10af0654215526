package io.shardquake.checkers.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an event from any JSON object with the fields of {@link HistoryFields}, in any order. Not
 * thread-safe.
 */
final class JsonEventParser {
  private static final char BYTE_ORDER_MARK = '\ufeff';
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final OperationTable table;

  JsonEventParser(OperationTable table) {
    this.table = table;
  }

  /**
   * Reads the line in {@code buffer[from, to)} into {@code event}.
   *
   * @throws java.nio.charset.CharacterCodingException if it is not UTF-8
   * @throws com.fasterxml.jackson.core.JsonProcessingException if it is not JSON
   * @throws IllegalArgumentException if it is no event, with a message of one line
   */
  void parse(byte[] buffer, int from, int to, Event event) throws IOException {
    CharBuffer text =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, from, to - from));
    int start = text.get(0) == BYTE_ORDER_MARK ? 1 : 0;
    try (JsonParser json =
        JSON.createParser(text.array(), text.arrayOffset() + start, text.length() - start)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("an event is a JSON object, and this is none");
      }
      Fields fields = new Fields();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        fields.read(name, json);
      }
      if (json.nextToken() != null) {
        throw new IllegalArgumentException("something follows the event on its line");
      }
      fields.fill(event);
    }
  }

  /** The fields of one event as they come. */
  private final class Fields {
    private long index = Event.UNKNOWN;
    private long timeNanos = Event.UNKNOWN;
    private int process = -1;
    private String type = "";
    private String function = "";
    private Value value = Value.nil();
    private int key = Event.SAME;
    private List<String> nodes = List.of();
    private int redirects;
    private String error = "";

    void read(String name, JsonParser json) throws IOException {
      switch (name) {
        case HistoryFields.INDEX -> index = count(name, json, Long.MAX_VALUE);
        case HistoryFields.TIME -> timeNanos = count(name, json, Long.MAX_VALUE);
        case HistoryFields.PROCESS -> process = (int) count(name, json, Integer.MAX_VALUE);
        case HistoryFields.TYPE -> type = string(name, json);
        case HistoryFields.FUNCTION -> function = string(name, json);
        case HistoryFields.KEY -> key = table.keys.intern(ValueJson.read(json));
        case HistoryFields.VALUE -> value = ValueJson.read(json);
        case HistoryFields.NODES -> nodes = strings(name, json);
        case HistoryFields.REDIRECTS -> redirects = (int) count(name, json, Integer.MAX_VALUE);
        case HistoryFields.ERROR -> error = string(name, json);
        default -> throw new IllegalArgumentException("an event has no field \"" + name + '"');
      }
    }

    void fill(Event event) {
      event.type = eventType();
      require(process >= 0, HistoryFields.PROCESS);
      boolean invokes = event.type == Event.Type.INVOKE;
      require(!invokes || !function.isEmpty(), HistoryFields.FUNCTION);
      event.index = index;
      event.timeNanos = timeNanos;
      event.process = process;
      event.function = function.isEmpty() ? Event.SAME : table.functions.intern(function);
      event.key = invokes && key == Event.SAME ? table.keys.intern(Value.nil()) : key;
      event.setOther(value);
      event.attribution = table.attributions.intern(new Attribution(nodes, redirects));
      event.error = table.errors.intern(error);
    }

    private Event.Type eventType() {
      return switch (type) {
        case "invoke" -> Event.Type.INVOKE;
        case "ok" -> Event.Type.OK;
        case "fail" -> Event.Type.FAIL;
        case "info" -> Event.Type.INFO;
        case "" -> throw new IllegalArgumentException("the event has no \"type\"");
        default ->
            throw new IllegalArgumentException(
                "\"type\" is \"" + type + "\", not invoke, ok, fail or info");
      };
    }
  }

  private static void require(boolean present, String name) {
    if (!present) {
      throw new IllegalArgumentException("the event has no \"" + name + '"');
    }
  }

  private static long count(String name, JsonParser json, long most) throws IOException {
    boolean whole =
        json.currentToken() == JsonToken.VALUE_NUMBER_INT
            && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    if (!whole || json.getLongValue() < 0 || json.getLongValue() > most) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is not a whole number from 0 to " + most);
    }
    return json.getLongValue();
  }

  private static String string(String name, JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw new IllegalArgumentException("\"" + name + "\" is not a string");
    }
    return json.getText();
  }

  private static List<String> strings(String name, JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw new IllegalArgumentException("\"" + name + "\" is not an array of strings");
    }
    List<String> strings = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_STRING) {
        throw new IllegalArgumentException("\"" + name + "\" is not an array of strings");
      }
      strings.add(json.getText());
    }
    return strings;
  }
}
