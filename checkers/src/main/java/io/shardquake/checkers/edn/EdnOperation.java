package io.shardquake.checkers.edn;

import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One of Jepsen's operation maps, as it stands in a history. What it should have and has not, or
 * has of the wrong type, is an {@link IllegalArgumentException}. Reused from one to the next. Not
 * thread-safe.
 */
final class EdnOperation {
  private static final int INDEX = 0;
  private static final int TIME = 1;
  private static final int PROCESS = 2;
  private static final int TYPE = 3;
  private static final int FUNCTION = 4;
  private static final int VALUE = 5;
  private static final int ERROR = 6;
  private static final int NODES = 7;
  private static final int REDIRECTS = 8;
  private static final int FIELDS = 9;
  private static final int FOREIGN = -1;
  private static final Value[] NOTHING = nothing();

  private final EdnPlainForm plain = new EdnPlainForm();
  private final Value[] fields = NOTHING.clone();

  /** A bit for each field that was there. */
  private int present;

  private static Value[] nothing() {
    Value[] nothing = new Value[FIELDS];
    Arrays.fill(nothing, Value.nil());
    return nothing;
  }

  /** Reads the next map or record. */
  void read(EdnParser parser) throws IOException {
    System.arraycopy(NOTHING, 0, fields, 0, FIELDS);
    present = 0;
    int first = parser.peek();
    if (parser.readPlain(plain)) {
      for (int field = 0; field < plain.fields(); field++) {
        put(plain.name(field), plain.value(field));
      }
    } else if (first == '{') {
      readFields(parser);
    } else {
      take(parser.read());
    }
  }

  /** As the parser reads a map, but without making one: most of the time would go to that. */
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
    for (Map.Entry<String, Value> entry : mapping.entries().entrySet()) {
      put(entry.getKey(), entry.getValue());
    }
  }

  private void put(String name, Value value) {
    int field = field(name);
    if (field == FOREIGN) {
      return;
    }
    if ((present & (1 << field)) != 0) {
      throw new IllegalArgumentException("the operation has :" + name + " twice");
    }
    present |= 1 << field;
    fields[field] = value;
  }

  private static int field(String name) {
    return switch (name) {
      case EdnFields.INDEX -> INDEX;
      case EdnFields.TIME -> TIME;
      case EdnFields.PROCESS -> PROCESS;
      case EdnFields.TYPE -> TYPE;
      case EdnFields.FUNCTION -> FUNCTION;
      case EdnFields.VALUE -> VALUE;
      case EdnFields.ERROR -> ERROR;
      case EdnFields.NODES -> NODES;
      case EdnFields.REDIRECTS -> REDIRECTS;
      default -> FOREIGN;
    };
  }

  /** Whether its process is a client and not, say, the nemesis. */
  boolean isOfClient() {
    if (fields[PROCESS].isNil()) {
      throw new IllegalArgumentException("the operation has no :process");
    }
    return fields[PROCESS] instanceof Value.Int;
  }

  /** Its process, if it is a client's. */
  int process() {
    if (fields[PROCESS] instanceof Value.Int process
        && process.value() >= 0
        && process.value() <= Integer.MAX_VALUE) {
      return (int) process.value();
    }
    throw new IllegalArgumentException(
        ":process " + fields[PROCESS] + " is not from 0 to " + Integer.MAX_VALUE);
  }

  /** The name of its type; empty if it has none. */
  String type() {
    return name(fields[TYPE]);
  }

  /** The name of its function; empty if it has none. */
  String function() {
    return name(fields[FUNCTION]);
  }

  /** Its index; empty if it has none. Jepsen writes -1 too where there is none. */
  OptionalLong index() {
    return count(EdnFields.INDEX, fields[INDEX]);
  }

  /** Its time; empty if it has none. Jepsen writes -1 too where there is none. */
  OptionalLong timeNanos() {
    return count(EdnFields.TIME, fields[TIME]);
  }

  /** Its value; nil if it has none. */
  Value value() {
    return fields[VALUE];
  }

  /** Its error in words; empty if it has none. */
  String error() {
    return name(fields[ERROR]);
  }

  /** Where it went, if this library wrote it. */
  Attribution attribution() {
    if (fields[NODES].isNil() && fields[REDIRECTS].isNil()) {
      return Attribution.NONE;
    }
    List<String> nodes = new ArrayList<>();
    if (fields[NODES] instanceof Value.Sequence names) {
      names.items().forEach(node -> nodes.add(name(node)));
    }
    return new Attribution(
        nodes, fields[REDIRECTS] instanceof Value.Int redirects ? (int) redirects.value() : 0);
  }

  private static OptionalLong count(String field, Value value) {
    if (value.isNil()) {
      return OptionalLong.empty();
    }
    if (value instanceof Value.Int number) {
      return number.value() < 0 ? OptionalLong.empty() : OptionalLong.of(number.value());
    }
    throw new IllegalArgumentException(":" + field + " is not a whole number: " + value);
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
