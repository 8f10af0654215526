package io.shardquake.node.core.lua;

import io.shardquake.node.core.resp.Strtod;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** Reads one JSON text. */
final class JsonDecoder {
  /** What the text is made of, by the names that errors give it. */
  private enum Kind {
    T_OBJ_BEGIN,
    T_OBJ_END,
    T_ARR_BEGIN,
    T_ARR_END,
    T_STRING,
    T_NUMBER,
    T_BOOLEAN,
    T_NULL,
    T_COLON,
    T_COMMA,
    T_END,
    T_ERROR
  }

  /** A piece of the text, with its value, or what is wrong with it. */
  private record Token(Kind kind, int at, LuaValue value) {
    static Token of(Kind kind, int at) {
      return new Token(kind, at, LuaValue.NIL);
    }
  }

  private final JsonSettings settings;
  private final byte[] text;
  private int at;

  JsonDecoder(JsonSettings settings, byte[] text) {
    this.settings = settings;
    this.text = text;
  }

  LuaValue decode() {
    if (text.length >= 2 && (text[0] == 0 || text[1] == 0)) {
      throw new LuaError("JSON parser does not support UTF-16 or UTF-32");
    }
    LuaValue value = value(next(), 0);
    Token end = next();
    if (end.kind() != Kind.T_END) {
      throw unexpected("the end", end);
    }
    return value;
  }

  private LuaValue value(Token token, int depth) {
    return switch (token.kind()) {
      case T_STRING, T_NUMBER, T_BOOLEAN, T_NULL -> token.value();
      case T_OBJ_BEGIN -> object(deeper(depth));
      case T_ARR_BEGIN -> array(deeper(depth));
      default -> throw unexpected("value", token);
    };
  }

  private int deeper(int depth) {
    if (depth + 1 > settings.decodeDepth()) {
      throw new LuaError(
          "Found too many nested data structures (" + (depth + 1) + ") at character " + at);
    }
    return depth + 1;
  }

  private LuaValue object(int depth) {
    LuaTable table = new LuaTable();
    Token token = next();
    if (token.kind() == Kind.T_OBJ_END) {
      return table;
    }
    while (true) {
      if (token.kind() != Kind.T_STRING) {
        throw unexpected("object key string", token);
      }
      Token colon = next();
      if (colon.kind() != Kind.T_COLON) {
        throw unexpected("colon", colon);
      }
      table.rawset(token.value(), value(next(), depth));
      Token after = next();
      if (after.kind() == Kind.T_OBJ_END) {
        return table;
      }
      if (after.kind() != Kind.T_COMMA) {
        throw unexpected("comma or object end", after);
      }
      token = next();
    }
  }

  private LuaValue array(int depth) {
    LuaTable table = new LuaTable();
    Token token = next();
    if (token.kind() == Kind.T_ARR_END) {
      return table;
    }
    for (int i = 1; ; i++) {
      table.rawset(i, value(token, depth));
      Token after = next();
      if (after.kind() == Kind.T_ARR_END) {
        return table;
      }
      if (after.kind() != Kind.T_COMMA) {
        throw unexpected("comma or array end", after);
      }
      token = next();
    }
  }

  private static LuaError unexpected(String expected, Token token) {
    String found = token.kind() == Kind.T_ERROR ? token.value().tojstring() : token.kind().name();
    return new LuaError(
        "Expected " + expected + " but found " + found + " at character " + (token.at() + 1));
  }

  private Token next() {
    while (at < text.length && " \t\n\r".indexOf(text[at]) >= 0) {
      at++;
    }
    if (at == text.length || text[at] == 0) {
      return Token.of(Kind.T_END, at);
    }
    int start = at;
    return switch (text[at]) {
      case '{' -> single(Kind.T_OBJ_BEGIN);
      case '}' -> single(Kind.T_OBJ_END);
      case '[' -> single(Kind.T_ARR_BEGIN);
      case ']' -> single(Kind.T_ARR_END);
      case ':' -> single(Kind.T_COLON);
      case ',' -> single(Kind.T_COMMA);
      case '"' -> string();
      default -> {
        if (word("true")) {
          yield new Token(Kind.T_BOOLEAN, start, LuaValue.TRUE);
        }
        if (word("false")) {
          yield new Token(Kind.T_BOOLEAN, start, LuaValue.FALSE);
        }
        if (word("null")) {
          yield new Token(Kind.T_NULL, start, JsonLibrary.NULL);
        }
        yield number();
      }
    };
  }

  private Token single(Kind kind) {
    return Token.of(kind, at++);
  }

  private boolean word(String word) {
    byte[] letters = word.getBytes(StandardCharsets.US_ASCII);
    boolean there =
        at + letters.length <= text.length
            && Arrays.equals(text, at, at + letters.length, letters, 0, letters.length);
    if (there) {
      at += letters.length;
    }
    return there;
  }

  private static Token error(String what, int at) {
    return new Token(Kind.T_ERROR, at, LuaValue.valueOf(what));
  }

  private Token number() {
    int start = at;
    if ("-+0123456789iInN".indexOf(text[at]) < 0) {
      return error("invalid token", start);
    }
    Strtod read = Strtod.read(Arrays.copyOfRange(text, at, text.length));
    if (read.length() == 0) {
      return error("invalid token", start);
    }
    if (!settings.decodesInvalid() && !isPlain(start, read.length())) {
      return error("invalid number", start);
    }
    at += read.length();
    return new Token(Kind.T_NUMBER, start, LuaValue.valueOf(read.value()));
  }

  private boolean isPlain(int start, int length) {
    String digits = new String(text, start, length, StandardCharsets.US_ASCII);
    return digits.matches("-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?");
  }

  private Token string() {
    int start = at++;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (at < text.length && text[at] != '"') {
      if (text[at] != '\\') {
        out.write(text[at++]);
        continue;
      }
      int escape = at++;
      String problem = at < text.length ? escaped(out) : "unexpected end of string";
      if (!problem.isEmpty()) {
        return error(problem, escape);
      }
    }
    if (at == text.length) {
      return error("unexpected end of string", at);
    }
    at++;
    return new Token(Kind.T_STRING, start, LuaString.valueOf(out.toByteArray()));
  }

  private String escaped(ByteArrayOutputStream out) {
    byte letter = text[at++];
    int plain = "\"\\/bfnrt".indexOf(letter);
    if (plain >= 0) {
      out.write("\"\\/\b\f\n\r\t".charAt(plain));
      return "";
    }
    if (letter != 'u') {
      return "invalid escape code";
    }
    int unit = hexadecimal();
    if (unit < 0) {
      return "invalid unicode escape code";
    }
    int point = unit;
    if (Character.isHighSurrogate((char) unit)) {
      boolean followed = at + 1 < text.length && text[at] == '\\' && text[at + 1] == 'u';
      at += followed ? 2 : 0;
      int low = followed ? hexadecimal() : -1;
      if (low < 0 || !Character.isLowSurrogate((char) low)) {
        return "invalid unicode escape code";
      }
      point = Character.toCodePoint((char) unit, (char) low);
    } else if (Character.isLowSurrogate((char) unit)) {
      return "invalid unicode escape code";
    }
    out.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
    return "";
  }

  private int hexadecimal() {
    if (at + 4 > text.length) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(text[at + i], 16);
      if (digit < 0) {
        return -1;
      }
      value = (value << 4) | digit;
    }
    at += 4;
    return value;
  }
}
