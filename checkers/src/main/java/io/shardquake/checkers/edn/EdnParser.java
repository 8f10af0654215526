package io.shardquake.checkers.edn;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.recording.MalformedRecordingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads EDN values one after another, and what Clojure's printer writes beyond EDN: numbers of any
 * radix, ratios, namespaced maps, metadata (left out), regular expressions. Not thread-safe.
 *
 * <p>Follows the EDN format and, where that is silent, Clojure's reader. A set becomes a sequence
 * in an order that depends on its elements alone, so that equal sets become equal sequences.
 */
final class EdnParser {
  /** How deep values may lie in each other, so that no input can use up the stack. */
  private static final int DEEPEST = 256;

  /**
   * How deep a key may lie in keys. The name of a key holds the names of those in it, each of which
   * is parsed in turn, so that every level costs a multiple of the one below.
   */
  private static final int DEEPEST_KEY = 3;

  private static final int LONGEST_NUMBER = 10_000;

  /** Hash codes depend on content alone, not even on the order of a mapping's entries. */
  private static final Comparator<Value> CANONICAL =
      Comparator.comparingInt(Value::hashCode).thenComparing(EdnPrinter::print);

  private final EdnInput in;
  private final EdnTokens tokens;
  private int depth;
  private int keyDepth;

  EdnParser(InputStream in, String source) {
    this.in = new EdnInput(in, source);
    this.tokens = new EdnTokens(this.in);
  }

  /**
   * The value of a text that holds one.
   *
   * @throws MalformedRecordingException if it does not
   */
  static Value parse(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    EdnParser parser = new EdnParser(new ByteArrayInputStream(bytes), "text");
    Value value = parser.read();
    if (parser.peek() != EdnInput.END) {
      throw parser.malformed("something follows the value");
    }
    return value;
  }

  /** Whether a token is a symbol, and neither a number nor a word of its own. */
  static boolean isSymbol(String token) {
    return switch (token) {
      case "nil", "true", "false" -> false;
      default -> !EdnNumbers.isNumber(token);
    };
  }

  MalformedRecordingException malformed(String problem) {
    return in.malformed(problem);
  }

  MalformedRecordingException malformed(long line, String problem) {
    return in.malformed(line, problem);
  }

  /** The line of the place. */
  long line() {
    return in.line();
  }

  /** Notes that a form at the top begins here; each may take only so much. */
  void startForm() {
    in.startForm();
  }

  /** Reads the next form by a shorter way, if it is plain; see {@link EdnPlainForm#read}. */
  boolean readPlain(EdnPlainForm form) {
    return form.read(in);
  }

  /** Goes over one byte that {@link #peek()} showed. */
  void skip() throws IOException {
    in.next();
  }

  /**
   * The first byte of the next form, or {@link EdnInput#END}, after all that means nothing: blanks,
   * commas, comments and discarded forms.
   */
  int peek() throws IOException {
    while (true) {
      int c = in.peek();
      if (EdnTokens.isBlank(c)) {
        in.next();
      } else if (c == ';') {
        skipLine();
      } else if (c == '#' && in.peekSecond() == '_') {
        in.next();
        in.next();
        read();
      } else {
        return c;
      }
    }
  }

  /** Reads one value. */
  Value read() throws IOException {
    if (++depth > DEEPEST) {
      throw malformed("values lie in each other more than " + DEEPEST + " deep");
    }
    int c = peek();
    Value value =
        switch (c) {
          case EdnInput.END -> throw malformed("the text ends where a value is expected");
          case '(' -> Value.of(items(')'));
          case '[' -> Value.of(items(']'));
          case '{' -> mapping("");
          case ')', ']', '}' -> throw malformed("'" + (char) c + "' closes what was not opened");
          case '"' -> text();
          case '\\' -> character();
          case '#' -> dispatch();
          case '^' -> withMetadata();
          default -> word();
        };
    depth--;
    return value;
  }

  /** Goes over a byte order mark at the start, if there is one. */
  void skipByteOrderMark() throws IOException {
    if (in.peek() == 0xef && in.peekSecond() == 0xbb) {
      in.next();
      in.next();
      if (in.next() != 0xbf) {
        throw malformed("not UTF-8");
      }
    }
  }

  /** Reads a map's key, after which its value must follow; its name in a {@link Value.Mapping}. */
  String key() throws IOException {
    return key("");
  }

  /** Checks that after a key its map does not end. */
  void requireValue() throws IOException {
    if (peek() == '}') {
      throw malformed("a map has a key without a value");
    }
  }

  /** Reads a keyword whose colon is next; its name. */
  String keyword() throws IOException {
    in.next();
    tokens.read();
    String name = tokens.text();
    if (name.isEmpty()) {
      throw malformed("a keyword has no name");
    }
    return name;
  }

  private void skipLine() throws IOException {
    int c = in.next();
    while (c != '\n' && c != EdnInput.END) {
      c = in.next();
    }
  }

  private Value text() throws IOException {
    in.next();
    return Value.of(tokens.string());
  }

  private Value character() throws IOException {
    in.next();
    return tagged(EdnTags.CHARACTER, tokens.character());
  }

  private Value withMetadata() throws IOException {
    in.next();
    read();
    return read();
  }

  private Value word() throws IOException {
    if (in.peek() == ':') {
      return new Value.Keyword(keyword());
    }
    tokens.read();
    if (tokens.isInteger()) {
      return Value.of(tokens.integer());
    }
    String token = tokens.text();
    return switch (token) {
      case "" -> throw malformed("'" + (char) in.peek() + "' begins no value");
      case "nil" -> Value.nil();
      case "true" -> Value.of(true);
      case "false" -> Value.of(false);
      default -> EdnNumbers.isNumber(token) ? number(token) : tagged(EdnTags.SYMBOL, token);
    };
  }

  private Value number(String token) throws IOException {
    if (token.length() > LONGEST_NUMBER) {
      throw malformed("a number has " + token.length() + " characters");
    }
    return EdnNumbers.parse(token).orElseThrow(() -> malformed(token + " is no number"));
  }

  /** Reads values up to and with the closing bracket. */
  private List<Value> items(int close) throws IOException {
    long line = in.line();
    in.next();
    List<Value> items = new ArrayList<>();
    while (!atEnd(close, line)) {
      items.add(read());
    }
    return items;
  }

  /** Whether the closing bracket is next, which is then gone over. */
  boolean atEnd(int close, long openedOn) throws IOException {
    int c = peek();
    if (c == EdnInput.END) {
      throw malformed(
          "the text ends before the '" + (char) close + "' that line " + openedOn + " calls for");
    }
    if (c == close) {
      in.next();
    }
    return c == close;
  }

  private Value mapping(String namespace) throws IOException {
    long line = in.line();
    in.next();
    Map<String, Value> entries = new LinkedHashMap<>();
    while (!atEnd('}', line)) {
      String name = key(namespace);
      if (entries.put(name, read()) != null) {
        throw malformed("a map has the key " + EdnPrinter.print(EdnNames.toKey(name)) + " twice");
      }
    }
    return new Value.Mapping(entries);
  }

  private String key(String namespace) throws IOException {
    if (++keyDepth > DEEPEST_KEY) {
      throw malformed("keys of maps lie in each other more than " + DEEPEST_KEY + " deep");
    }
    Value key = read();
    keyDepth--;
    requireValue();
    if (!namespace.isEmpty() && key instanceof Value.Keyword keyword) {
      return EdnNames.ofKey(new Value.Keyword(qualified(namespace, keyword.name())));
    }
    return EdnNames.ofKey(key);
  }

  private static String qualified(String namespace, String name) {
    if (name.startsWith("_/")) {
      return name.substring(2);
    }
    return name.indexOf('/') < 0 ? namespace + '/' + name : name;
  }

  private Value dispatch() throws IOException {
    in.next();
    int c = in.peek();
    return switch (c) {
      case '{' -> set();
      case '"' -> {
        in.next();
        yield tagged(EdnTags.REGEX, tokens.regex());
      }
      case '#' -> specialReal();
      case ':' -> namespaced();
      case '^' -> withMetadata();
      case '\'' -> {
        in.next();
        yield read();
      }
      case '<' -> throw malformed("'#<' begins an object that could not be printed readably");
      default -> tagged();
    };
  }

  private Value set() throws IOException {
    return Value.of(items('}').stream().distinct().sorted(CANONICAL).toList());
  }

  private Value namespaced() throws IOException {
    String namespace = keyword();
    if (peek() != '{') {
      throw malformed("#:" + namespace + " is not followed by a map");
    }
    return mapping(namespace);
  }

  private Value specialReal() throws IOException {
    in.next();
    tokens.read();
    String token = tokens.text();
    return switch (token) {
      case "Inf" -> Value.of(Double.POSITIVE_INFINITY);
      case "-Inf" -> Value.of(Double.NEGATIVE_INFINITY);
      case "NaN" -> Value.of(Double.NaN);
      default -> throw malformed("##" + token + " is no number");
    };
  }

  private Value tagged(String tag, String text) throws IOException {
    return new Value.Tagged(tag, Value.of(text));
  }

  private Value tagged() throws IOException {
    tokens.read();
    String tag = tokens.text();
    if (tag.isEmpty() || !isSymbol(tag)) {
      throw malformed("'#" + tag + "' begins no value");
    }
    Value value = read();
    try {
      return EdnTags.resolve(tag, value);
    } catch (IllegalArgumentException problem) {
      throw malformed(String.valueOf(problem.getMessage()));
    }
  }
}
