package io.shardquake.checkers.edn;

import io.shardquake.checkers.history.Value;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A faster way through operations as Jepsen prints nearly all of them: a map, or a record, of
 * keywords, whole numbers, pairs of these, and nil. Not thread-safe.
 *
 * <p>What is not quite like that, or lies on the edge of the buffer, is left to {@link EdnParser},
 * which means the same by it.
 */
final class EdnPlainForm {
  private static final int MOST_FIELDS = 16;
  private static final int MOST_DIGITS = 18;
  private static final int CACHED = 1 << 8;
  private static final Value NO_VALUE = new Value.Text("");
  private static final Value.Keyword NO_KEYWORD = new Value.Keyword("");

  /** Lately read keywords by hash: there are only a few. */
  private final Value.Keyword[] cache = new Value.Keyword[CACHED];

  private final String[] names = new String[MOST_FIELDS];
  private final Value[] values = new Value[MOST_FIELDS];
  private byte[] bytes = {};
  private int at;
  private int limit;
  private int fields;

  EdnPlainForm() {
    Arrays.fill(cache, NO_KEYWORD);
  }

  /** Reads what is next and goes over it; goes nowhere and returns false if it is not plain. */
  boolean read(EdnInput in) {
    bytes = in.buffer();
    at = in.place();
    limit = in.limit();
    fields = 0;
    boolean plain = skipTag() && next() == '{' && readFields();
    if (plain) {
      in.goTo(at);
    }
    return plain;
  }

  /** How many fields were read. */
  int fields() {
    return fields;
  }

  String name(int field) {
    return names[field];
  }

  Value value(int field) {
    return values[field];
  }

  /** Goes over the name of a record, such as {@code #jepsen.history.Op}, if there is one. */
  private boolean skipTag() {
    if (peek() != '#') {
      return true;
    }
    at++;
    boolean starts = isLetter(peek());
    boolean ofClass = false;
    while (isNamePart(peek()) || peek() == '.') {
      ofClass |= next() == '.';
    }
    return starts && ofClass;
  }

  private boolean readFields() {
    skipBlanks();
    while (peek() == ':' && fields < MOST_FIELDS) {
      Value.Keyword name = keyword();
      if (name.name().isEmpty() || next() != ' ') {
        return false;
      }
      Value value = value();
      if (isMissing(value)) {
        return false;
      }
      names[fields] = name.name();
      values[fields++] = value;
      skipBlanks();
    }
    return next() == '}';
  }

  /** No plain form holds a string, nor a keyword without a name. */
  private static boolean isMissing(Value value) {
    return value instanceof Value.Text || value.equals(NO_KEYWORD);
  }

  private Value value() {
    return switch (peek()) {
      case ':' -> endsHere(keyword());
      case 'n' -> nil();
      case '[' -> pair();
      default -> endsHere(integer());
    };
  }

  private Value nil() {
    boolean nil = next() == 'n' && next() == 'i' && next() == 'l';
    return nil ? endsHere(Value.nil()) : NO_VALUE;
  }

  private Value pair() {
    at++;
    Value first = integer();
    if (isMissing(first) || next() != ' ') {
      return NO_VALUE;
    }
    Value second = integer();
    return isMissing(second) || next() != ']' ? NO_VALUE : Value.pair(first, second);
  }

  private Value endsHere(Value value) {
    int c = peek();
    return !isMissing(value) && (c == ',' || c == ' ' || c == '}') ? value : NO_VALUE;
  }

  private Value integer() {
    boolean negative = peek() == '-';
    at += negative ? 1 : 0;
    int start = at;
    long number = 0;
    while (isDigit(peek()) && at - start <= MOST_DIGITS) {
      number = 10 * number + (next() - '0');
    }
    int digits = at - start;
    boolean plain = digits > 0 && digits <= MOST_DIGITS && (digits == 1 || bytes[start] != '0');
    return plain ? Value.of(negative ? -number : number) : NO_VALUE;
  }

  /** The keyword whose colon is next; {@link #NO_KEYWORD} if it has more than plain letters. */
  private Value.Keyword keyword() {
    at++;
    int start = at;
    int hash = 0;
    if (!isLetter(peek())) {
      return NO_KEYWORD;
    }
    while (isNamePart(peek())) {
      hash = 31 * hash + next();
    }
    int slot = (hash ^ (hash >>> 8)) & (CACHED - 1);
    if (!isNamed(cache[slot].name(), start)) {
      String name = new String(bytes, start, at - start, StandardCharsets.US_ASCII);
      cache[slot] = new Value.Keyword(name);
    }
    return cache[slot];
  }

  private boolean isNamed(String name, int start) {
    if (name.length() != at - start) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) != bytes[start + i]) {
        return false;
      }
    }
    return true;
  }

  private void skipBlanks() {
    while (peek() == ' ' || peek() == ',') {
      at++;
    }
  }

  private int peek() {
    return at < limit ? bytes[at] : EdnInput.END;
  }

  private int next() {
    return at < limit ? bytes[at++] : EdnInput.END;
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isNamePart(int c) {
    return isLetter(c) || isDigit(c) || c == '-';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
