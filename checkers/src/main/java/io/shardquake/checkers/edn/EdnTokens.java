package io.shardquake.checkers.edn;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the words of EDN: symbols, keywords, numbers, strings and characters. Not thread-safe. */
final class EdnTokens {
  /** A number of more digits is read by {@link EdnNumbers}. */
  private static final int MOST_PLAIN_DIGITS = 18;

  private static final int CACHED = 1 << 10;

  private static final boolean[] TERMINATORS = terminators();

  private final EdnInput in;

  /** Lately read ASCII tokens by hash, so that those that recur make no objects. */
  private final String[] cache = new String[CACHED];

  private byte[] bytes = new byte[64];
  private int length;

  EdnTokens(EdnInput in) {
    this.in = in;
    Arrays.fill(cache, "");
  }

  private static boolean[] terminators() {
    boolean[] terminators = new boolean[1 << Byte.SIZE];
    for (int c = 0; c < terminators.length; c++) {
      terminators[c] = isBlank(c) || "\";@^`()[]{}\\".indexOf(c) >= 0;
    }
    return terminators;
  }

  /** Whether a byte ends a token and begins something else. */
  static boolean isTerminator(int c) {
    return c == EdnInput.END || TERMINATORS[c];
  }

  /** Whether a byte means nothing between forms. */
  static boolean isBlank(int c) {
    return c == ' ' || c == ',' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f);
  }

  /** Reads the bytes up to the next terminator. */
  void read() throws IOException {
    length = 0;
    readOn();
  }

  /** Whether what was read is a plain decimal integer of at most 18 digits. */
  boolean isInteger() {
    int first = length > 0 && bytes[0] == '-' ? 1 : 0;
    int digits = length - first;
    if (digits < 1 || digits > MOST_PLAIN_DIGITS || (bytes[first] == '0' && digits > 1)) {
      return false;
    }
    for (int i = first; i < length; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
    }
    return true;
  }

  /** What was read as a number, if it {@link #isInteger()}. */
  long integer() {
    boolean negative = bytes[0] == '-';
    long value = 0;
    for (int i = negative ? 1 : 0; i < length; i++) {
      value = 10 * value + (bytes[i] - '0');
    }
    return negative ? -value : value;
  }

  /** What was read as a string. */
  String text() throws IOException {
    int hash = 0;
    int all = 0;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + bytes[i];
      all |= bytes[i];
    }
    if (all < 0) {
      return decode();
    }
    int slot = (hash ^ (hash >>> 16)) & (CACHED - 1);
    if (!isSame(cache[slot])) {
      cache[slot] = new String(bytes, 0, length, StandardCharsets.US_ASCII);
    }
    return cache[slot];
  }

  /** Reads a string whose opening quote was read, up to and with its closing one. */
  String string() throws IOException {
    long line = in.line();
    length = 0;
    int c = in.next();
    while (c != '"') {
      if (c == EdnInput.END) {
        throw in.malformed(line, "the string that begins here never ends");
      }
      if (c == '\\') {
        escape();
      } else {
        append(c);
      }
      c = in.next();
    }
    return text();
  }

  /** Reads a regular expression whose opening quote was read, backslashes included. */
  String regex() throws IOException {
    long line = in.line();
    length = 0;
    int c = in.next();
    while (c != '"') {
      append(c);
      if (c == '\\') {
        c = in.next();
        append(c);
      }
      if (c == EdnInput.END) {
        throw in.malformed(line, "the regular expression that begins here never ends");
      }
      c = in.next();
    }
    return decode();
  }

  /** Reads a character whose backslash was read. */
  String character() throws IOException {
    length = 0;
    append(in.next());
    readOn();
    String name = decode();
    return switch (name) {
      case "newline" -> "\n";
      case "return" -> "\r";
      case "space" -> " ";
      case "tab" -> "\t";
      case "backspace" -> "\b";
      case "formfeed" -> "\f";
      default -> {
        if (name.length() == 1) {
          yield name;
        }
        if (name.matches("u[0-9A-Fa-f]{4}") && !name.matches("u[dD][89A-Fa-f].*")) {
          yield character(Integer.parseInt(name.substring(1), 16));
        }
        if (name.matches("o[0-3]?[0-7]{1,2}")) {
          yield character(Integer.parseInt(name.substring(1), 8));
        }
        throw in.malformed("\\" + name + " is no character");
      }
    };
  }

  private void readOn() throws IOException {
    while (!isTerminator(in.peek())) {
      byte[] buffer = in.buffer();
      int from = in.place();
      int to = from;
      while (to < in.limit() && !TERMINATORS[buffer[to] & 0xff]) {
        to++;
      }
      append(buffer, from, to);
      in.goTo(to);
    }
  }

  private void escape() throws IOException {
    int c = in.next();
    switch (c) {
      case 't' -> append('\t');
      case 'r' -> append('\r');
      case 'n' -> append('\n');
      case 'b' -> append('\b');
      case 'f' -> append('\f');
      case '"', '\\' -> append(c);
      case 'u' -> appendUnicode();
      case '0', '1', '2', '3', '4', '5', '6', '7' -> appendOctal(c - '0');
      default -> throw in.malformed("a string has the escape \\" + (char) c + ", which is none");
    }
  }

  private void appendUnicode() throws IOException {
    String escaped = character(hexDigits());
    if (Character.isHighSurrogate(escaped.charAt(0))) {
      if (in.next() != '\\' || in.next() != 'u') {
        throw in.malformed("a string holds half a surrogate pair");
      }
      escaped += character(hexDigits());
    }
    byte[] encoded;
    try {
      ByteBuffer buffer = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(escaped));
      encoded = new byte[buffer.remaining()];
      buffer.get(encoded);
    } catch (CharacterCodingException unpaired) {
      throw in.malformed("a string holds half a surrogate pair");
    }
    for (byte b : encoded) {
      append(b);
    }
  }

  private int hexDigits() throws IOException {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(in.next(), 16);
      if (digit < 0) {
        throw in.malformed("\\u in a string needs four hexadecimal digits");
      }
      value = 16 * value + digit;
    }
    return value;
  }

  private void appendOctal(int first) throws IOException {
    int value = first;
    for (int i = 1; i < 3 && in.peek() >= '0' && in.peek() <= '7'; i++) {
      value = 8 * value + (in.next() - '0');
    }
    for (byte b : character(value).getBytes(StandardCharsets.UTF_8)) {
      append(b);
    }
  }

  private static String character(int code) {
    return String.valueOf((char) code);
  }

  private boolean isSame(String text) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  private String decode() throws IOException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException notText) {
      throw in.malformed("not UTF-8");
    }
  }

  private void append(byte[] source, int from, int to) {
    int more = to - from;
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
    System.arraycopy(source, from, bytes, length, more);
    length += more;
  }

  private void append(int c) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * length);
    }
    bytes[length++] = (byte) c;
  }
}
