package io.shardquake.checkers.history;

/**
 * Walks over one line of ASCII without objects. Each step tells whether it found what it looks for,
 * and leaves the place alone if not. Not thread-safe.
 */
final class ByteCursor {
  /** A number of more digits might not fit in 64 bits. */
  private static final int MOST_DIGITS = 18;

  /** How many bytes looking for a token takes. */
  private static final int LOOK_AHEAD = 16;

  private byte[] buffer = {};
  private int at;
  private int end;
  private int tokenStart;
  private long number;

  void reset(byte[] line, int from, int to) {
    buffer = line;
    at = from;
    end = to;
  }

  boolean isAtEnd() {
    return at == end;
  }

  byte[] buffer() {
    return buffer;
  }

  /** Where the last token began. */
  int tokenStart() {
    return tokenStart;
  }

  /** Where the next token begins, and the last one ended. */
  int position() {
    return at;
  }

  /** Goes back, or on. */
  void goTo(int position) {
    at = position;
  }

  /** What {@link #integer()} found. */
  long number() {
    return number;
  }

  /** The byte at the place, or 0 at the end. */
  byte peek() {
    return at < end ? buffer[at] : 0;
  }

  /** Goes over this token. May miss it where the buffer ends soon after. */
  boolean skip(Token token) {
    int to = at + token.length();
    if (to > end || at + LOOK_AHEAD > buffer.length || !token.isAt(buffer, at)) {
      return false;
    }
    at = to;
    return true;
  }

  /** Goes over this byte. */
  boolean skip(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  /** Goes over a JSON integer of at most 18 digits. */
  boolean integer() {
    int i = at;
    boolean negative = i < end && buffer[i] == '-';
    if (negative) {
      i++;
    }
    int first = i;
    long value = 0;
    while (i < end && buffer[i] >= '0' && buffer[i] <= '9') {
      value = 10 * value + (buffer[i] - '0');
      i++;
    }
    int digits = i - first;
    if (digits == 0 || digits > MOST_DIGITS || (buffer[first] == '0' && (digits > 1 || negative))) {
      return false;
    }
    tokenStart = at;
    at = i;
    number = negative ? -value : value;
    return true;
  }

  /** Goes over a JSON string of printable ASCII without escapes, quotes included. */
  boolean plainString() {
    if (peek() != '"') {
      return false;
    }
    int i = at + 1;
    while (i < end && buffer[i] != '"') {
      if (buffer[i] < ' ' || buffer[i] == '\\') {
        return false;
      }
      i++;
    }
    if (i == end) {
      return false;
    }
    tokenStart = at;
    at = i + 1;
    return true;
  }
}
