package io.shardquake.node.core.scripting;

import io.shardquake.node.core.resp.RealNumber;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** A command's reply as a script sees it. */
final class ReplyReader {
  private final byte[] reply;
  private int at;

  private ReplyReader(byte[] reply) {
    this.reply = reply;
  }

  static LuaValue read(byte[] reply) {
    return new ReplyReader(reply).value();
  }

  private LuaValue value() {
    char kind = (char) reply[at++];
    byte[] line = line();
    String text = new String(line, StandardCharsets.ISO_8859_1);
    return switch (kind) {
      case ':' -> LuaValue.valueOf((double) Long.parseLong(text));
      case '+' -> field("ok", LuaString.valueOf(line));
      case '-' -> field("err", LuaString.valueOf(line));
      case '$' -> text.equals("-1") ? LuaValue.FALSE : string(Integer.parseInt(text));
      case '*', '>' -> text.equals("-1") ? LuaValue.FALSE : array(Integer.parseInt(text));
      case '%' -> field("map", map(Integer.parseInt(text)));
      case '~' -> field("set", set(Integer.parseInt(text)));
      case '#' -> LuaValue.valueOf(text.equals("t"));
      case ',' -> field("double", LuaValue.valueOf(RealNumber.parse(line)));
      case '(' -> field("big_number", LuaString.valueOf(line));
      case '=' -> field("verbatim_string", verbatim(Integer.parseInt(text)));
      default -> LuaValue.NIL;
    };
  }

  private byte[] line() {
    int start = at;
    while (reply[at] != '\r') {
      at++;
    }
    at += 2;
    return Arrays.copyOfRange(reply, start, at - 2);
  }

  private LuaValue string(int length) {
    at += length + 2;
    return LuaString.valueOf(Arrays.copyOfRange(reply, at - length - 2, at - 2));
  }

  private static LuaTable field(String name, LuaValue value) {
    LuaTable table = new LuaTable();
    table.rawset(LuaValue.valueOf(name), value);
    return table;
  }

  private LuaTable array(int count) {
    LuaTable table = new LuaTable(count, 0);
    for (int i = 1; i <= count; i++) {
      table.rawset(i, value());
    }
    return table;
  }

  private LuaTable map(int count) {
    LuaTable table = new LuaTable();
    for (int i = 0; i < count; i++) {
      LuaValue key = value();
      table.rawset(key, value());
    }
    return table;
  }

  private LuaTable set(int count) {
    LuaTable table = new LuaTable();
    for (int i = 0; i < count; i++) {
      table.rawset(value(), LuaValue.TRUE);
    }
    return table;
  }

  private LuaTable verbatim(int length) {
    byte[] format = Arrays.copyOfRange(reply, at, at + 3);
    byte[] text = Arrays.copyOfRange(reply, at + 4, at + length);
    at += length + 2;
    LuaTable table = field("format", LuaString.valueOf(format));
    table.rawset(LuaValue.valueOf("string"), LuaString.valueOf(text));
    return table;
  }
}
