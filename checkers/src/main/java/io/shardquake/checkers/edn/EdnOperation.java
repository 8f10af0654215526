package io.shardquake.checkers.edn;

import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One of Jepsen's operation maps, as it stands in a history. What it should have and has not, or
 * has of the wrong type, is an {@link IllegalArgumentException}.
 */
final class EdnOperation {
  private final Map<String, Value> fields = new HashMap<>();

  private EdnOperation() {}

  /** Reads the next map or record. */
  static EdnOperation read(EdnParser parser) throws IOException {
    EdnOperation operation = new EdnOperation();
    if (parser.peek() == '{') {
      operation.readFields(parser);
    } else {
      operation.take(parser.read());
    }
    return operation;
  }

  /** As the parser's own mapping, without making one: this is what most of the time goes to. */
  private void readFields(EdnParser parser) throws IOException {
    long line = parser.line();
    parser.skip();
    while (!parser.atEnd('}', line)) {
      String name = parser.peek() == ':' ? parser.keyword() : parser.key();
      parser.requireValue();
      put(name, parser.read());
    }
  }

  private void take(Value form) {
    Value content = form instanceof Value.Tagged record ? record.value() : form;
    if (!(content instanceof Value.Mapping mapping)) {
      throw new IllegalArgumentException("an operation is a map or record, and this is " + form);
    }
    mapping.entries().forEach(this::put);
  }

  private void put(String name, Value value) {
    if (fields.put(name, value) != null) {
      throw new IllegalArgumentException("the operation has :" + name + " twice");
    }
  }

  /** Whether its process is a client and not, say, the nemesis. */
  boolean isOfClient() {
    Value process = field(EdnFields.PROCESS);
    if (process.isNil()) {
      throw new IllegalArgumentException("the operation has no :process");
    }
    return process instanceof Value.Int;
  }

  /** Its process, if it is a client's. */
  int process() {
    if (field(EdnFields.PROCESS) instanceof Value.Int process
        && process.value() >= 0
        && process.value() <= Integer.MAX_VALUE) {
      return (int) process.value();
    }
    throw new IllegalArgumentException(
        ":process " + field(EdnFields.PROCESS) + " is not from 0 to " + Integer.MAX_VALUE);
  }

  /** The name of its type; empty if it has none. */
  String type() {
    return name(EdnFields.TYPE);
  }

  /** The name of its function; empty if it has none. */
  String function() {
    return name(EdnFields.FUNCTION);
  }

  /** Its index; empty if it has none. Jepsen writes -1 too where there is none. */
  OptionalLong index() {
    return count(EdnFields.INDEX);
  }

  /** Its time; empty if it has none. Jepsen writes -1 too where there is none. */
  OptionalLong timeNanos() {
    return count(EdnFields.TIME);
  }

  /** Its value; nil if it has none. */
  Value value() {
    return field(EdnFields.VALUE);
  }

  /** Its error in words; empty if it has none. */
  String error() {
    return name(EdnFields.ERROR);
  }

  /** Where it went, if this library wrote it. */
  Attribution attribution() {
    List<String> nodes = new ArrayList<>();
    if (field(EdnFields.NODES) instanceof Value.Sequence names) {
      names.items().forEach(name -> nodes.add(name(name)));
    }
    return new Attribution(
        nodes,
        field(EdnFields.REDIRECTS) instanceof Value.Int redirects ? (int) redirects.value() : 0);
  }

  private Value field(String name) {
    return fields.getOrDefault(name, Value.nil());
  }

  private OptionalLong count(String name) {
    Value value = field(name);
    if (value.isNil()) {
      return OptionalLong.empty();
    }
    if (value instanceof Value.Int number) {
      return number.value() < 0 ? OptionalLong.empty() : OptionalLong.of(number.value());
    }
    throw new IllegalArgumentException(":" + name + " is not a whole number: " + value);
  }

  private String name(String field) {
    return name(field(field));
  }

  /** Keywords and strings by what they say, nothing as nothing, all else as it is written. */
  private static String name(Value value) {
    if (value.isNil()) {
      return "";
    }
    if (value instanceof Value.Keyword keyword) {
      return keyword.name();
    }
    return value instanceof Value.Text text ? text.value() : EdnPrinter.print(value);
  }
}
