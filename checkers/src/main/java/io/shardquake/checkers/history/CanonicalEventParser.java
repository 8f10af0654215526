package io.shardquake.checkers.history;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the events that {@link HistoryWriter} writes for registers, counters and the like, several
 * times as fast as a JSON parser and without making objects for what recurs. Understands a line
 * fully or refuses it: any other valid event, and anything malformed, is left to {@link
 * JsonEventParser}. Not thread-safe.
 */
final class CanonicalEventParser {
  private static final Token INDEX = new Token("{\"index\":");
  private static final Token TIME = new Token(",\"time\":");
  private static final Token PROCESS = new Token(",\"process\":");
  private static final Token TYPE = new Token(",\"type\":\"");
  private static final Token INVOKE = new Token("invoke\"");
  private static final Token OK = new Token("ok\"");
  private static final Token FAIL = new Token("fail\"");
  private static final Token INFO = new Token("info\"");
  private static final Token FUNCTION = new Token(",\"f\":");
  private static final Token KEY = new Token(",\"key\":");
  private static final Token VALUE = new Token(",\"value\":");
  private static final Token NODES = new Token(",\"nodes\":[");
  private static final Token REDIRECTS = new Token(",\"redirects\":");
  private static final Token ERROR = new Token(",\"error\":");

  private final OperationTable table;
  private final TokenTable functions = new TokenTable();
  private final TokenTable keys = new TokenTable();
  private final TokenTable attributions = new TokenTable();
  private final TokenTable errors = new TokenTable();
  private final ByteCursor cursor = new ByteCursor();

  CanonicalEventParser(OperationTable table) {
    this.table = table;
  }

  /**
   * Reads the line in {@code buffer[from, to)} into {@code event}.
   *
   * @return whether it could; if not, the event means nothing
   */
  boolean parse(byte[] buffer, int from, int to, Event event) {
    cursor.reset(buffer, from, to);
    return head(event)
        && type(event)
        && function(event)
        && key(event)
        && value(event)
        && attribution(event)
        && error(event)
        && cursor.skip('}')
        && cursor.isAtEnd();
  }

  private boolean head(Event event) {
    if (!cursor.skip(INDEX) || !cursor.integer()) {
      return false;
    }
    event.index = cursor.number();
    if (event.index < 0 || !cursor.skip(TIME) || !cursor.integer()) {
      return false;
    }
    event.timeNanos = cursor.number();
    if (event.timeNanos < 0 || !cursor.skip(PROCESS) || !cursor.integer()) {
      return false;
    }
    event.process = (int) cursor.number();
    return event.process == cursor.number();
  }

  private boolean type(Event event) {
    if (!cursor.skip(TYPE)) {
      return false;
    }
    if (cursor.skip(INVOKE)) {
      event.type = Event.Type.INVOKE;
    } else if (cursor.skip(OK)) {
      event.type = Event.Type.OK;
    } else if (cursor.skip(FAIL)) {
      event.type = Event.Type.FAIL;
    } else if (cursor.skip(INFO)) {
      event.type = Event.Type.INFO;
    } else {
      return false;
    }
    return true;
  }

  private boolean function(Event event) {
    if (!cursor.skip(FUNCTION) || !cursor.plainString()) {
      return false;
    }
    event.function = find(functions);
    if (event.function == TokenTable.ABSENT) {
      event.function = add(functions, table.functions.intern(text()));
    }
    return true;
  }

  private boolean key(Event event) {
    if (!cursor.skip(KEY)) {
      event.key = event.type == Event.Type.INVOKE ? table.keys.intern(Value.nil()) : Event.SAME;
      return true;
    }
    boolean string = cursor.plainString();
    if (!string && !cursor.integer()) {
      return false;
    }
    event.key = find(keys);
    if (event.key == TokenTable.ABSENT) {
      Value key = string ? Value.of(text()) : Value.of(cursor.number());
      event.key = add(keys, table.keys.intern(key));
    }
    return true;
  }

  private boolean value(Event event) {
    event.setNil();
    if (!cursor.skip(VALUE)) {
      return true;
    }
    if (cursor.integer()) {
      event.setNumber(cursor.number());
      return true;
    }
    if (cursor.plainString()) {
      event.setOther(Value.of(text()));
      return true;
    }
    return pair(event);
  }

  private boolean pair(Event event) {
    if (!cursor.skip('[') || !cursor.integer()) {
      return false;
    }
    long first = cursor.number();
    if (!cursor.skip(',') || !cursor.integer()) {
      return false;
    }
    long second = cursor.number();
    if (first != (int) first || second != (int) second) {
      return false;
    }
    event.setPair((int) first, (int) second);
    return cursor.skip(']');
  }

  private boolean attribution(Event event) {
    int from = cursor.position();
    if (!skipAttribution()) {
      return false;
    }
    int to = cursor.position();
    if (from == to) {
      event.attribution = table.noAttribution();
      return true;
    }
    event.attribution = attributions.find(cursor.buffer(), from, to);
    if (event.attribution == TokenTable.ABSENT) {
      cursor.goTo(from);
      event.attribution = table.attributions.intern(readAttribution());
      attributions.add(cursor.buffer(), from, to, event.attribution);
    }
    return true;
  }

  private boolean skipAttribution() {
    if (cursor.skip(NODES)) {
      do {
        if (!cursor.plainString()) {
          return false;
        }
      } while (cursor.skip(','));
      if (!cursor.skip(']')) {
        return false;
      }
    }
    return !cursor.skip(REDIRECTS)
        || (cursor.integer() && cursor.number() >= 0 && cursor.number() <= Integer.MAX_VALUE);
  }

  /** Goes over what {@link #skipAttribution()} went over before. */
  private Attribution readAttribution() {
    List<String> nodes = new ArrayList<>();
    if (cursor.skip(NODES)) {
      do {
        cursor.plainString();
        nodes.add(text());
      } while (cursor.skip(','));
      cursor.skip(']');
    }
    boolean redirected = cursor.skip(REDIRECTS) && cursor.integer();
    return new Attribution(nodes, redirected ? (int) cursor.number() : 0);
  }

  private boolean error(Event event) {
    if (!cursor.skip(ERROR)) {
      event.error = table.noError();
      return true;
    }
    if (!cursor.plainString()) {
      return false;
    }
    event.error = find(errors);
    if (event.error == TokenTable.ABSENT) {
      event.error = add(errors, table.errors.intern(text()));
    }
    return true;
  }

  /** The characters of the last token, a plain string. */
  private String text() {
    int from = cursor.tokenStart() + 1;
    return new String(cursor.buffer(), from, cursor.position() - 1 - from, US_ASCII);
  }

  private int find(TokenTable tokens) {
    return tokens.find(cursor.buffer(), cursor.tokenStart(), cursor.position());
  }

  private int add(TokenTable tokens, int number) {
    tokens.add(cursor.buffer(), cursor.tokenStart(), cursor.position(), number);
    return number;
  }
}
