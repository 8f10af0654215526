package io.shardquake.node.core.lua;

import java.io.ByteArrayOutputStream;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The libraries {@code string} and {@code table} as they are in Lua 5.1. */
final class TextFunctions {
  private static final String[] STRINGS = {
    "byte", "char", "dump", "find", "gmatch", "gsub", "len", "lower", "match", "rep", "reverse",
    "sub", "upper"
  };
  private static final String[] TABLES = {"insert", "remove", "sort"};

  private TextFunctions() {}

  /**
   * The library {@code string}. Lua keeps one metatable for all strings, and this library of Lua
   * one for all states, so that what it refers to is the same for all: nobody can change it.
   */
  static ReadOnlyTable strings(LuaTable library) {
    ReadOnlyTable strings = new ReadOnlyTable();
    for (String name : STRINGS) {
      strings.rawset(LuaValue.valueOf(name), library.get("string").get(name));
    }
    strings.rawset(LuaValue.valueOf("gfind"), strings.get("gmatch"));
    strings.define("format", FormatFunction::format);
    strings.define("rep", TextFunctions::repeat);
    strings.lockAll();
    synchronized (TextFunctions.class) {
      ReadOnlyTable metatable = new ReadOnlyTable();
      metatable.rawset(LuaValue.INDEX, strings);
      metatable.lockAll();
      LuaString.s_metatable = metatable;
    }
    return strings;
  }

  private static Varargs repeat(NativeFunction.Arguments arguments) {
    byte[] piece = Bytes.of(arguments.string(1));
    long times = Math.max(0, (long) arguments.number(2));
    if (piece.length * times > Integer.MAX_VALUE / 2) {
      throw new LuaError("resulting string too large");
    }
    byte[] all = new byte[(int) (piece.length * times)];
    for (int i = 0; i < times; i++) {
      System.arraycopy(piece, 0, all, i * piece.length, piece.length);
    }
    return LuaString.valueOf(all);
  }

  static ReadOnlyTable tables(LuaTable library) {
    ReadOnlyTable tables = new ReadOnlyTable();
    for (String name : TABLES) {
      tables.rawset(LuaValue.valueOf(name), library.get("table").get(name));
    }
    tables.define("concat", TextFunctions::concatenate);
    tables.define("getn", arguments -> LuaValue.valueOf(table(arguments).length()));
    tables.define("maxn", arguments -> greatestNumber(table(arguments)));
    tables.define("foreach", TextFunctions::forEach);
    tables.define("foreachi", TextFunctions::forEachNumbered);
    tables.define(
        "setn",
        arguments -> {
          throw new LuaError("'setn' is obsolete");
        });
    return tables;
  }

  private static LuaTable table(NativeFunction.Arguments arguments) {
    if (arguments.value(1) instanceof LuaTable table) {
      return table;
    }
    throw arguments.wrong(
        1,
        "table expected, got "
            + (arguments.count() == 0 ? "no value" : arguments.value(1).typename()));
  }

  private static Varargs concatenate(NativeFunction.Arguments arguments) {
    LuaTable table = table(arguments);
    byte[] between = arguments.value(2).isnil() ? new byte[0] : Bytes.of(arguments.string(2));
    int first = (int) arguments.number(3, 1);
    int last = (int) arguments.number(4, table.length());
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = first; i <= last; i++) {
      LuaValue piece = table.get(i);
      if (!piece.isstring()) {
        throw new LuaError(
            "invalid value (" + piece.typename() + ") at index " + i + " in table for 'concat'");
      }
      all.writeBytes(Bytes.of(piece));
      if (i < last) {
        all.writeBytes(between);
      }
    }
    return LuaString.valueOf(all.toByteArray());
  }

  private static LuaValue greatestNumber(LuaTable table) {
    double greatest = 0;
    for (LuaValue key : table.keys()) {
      if (key.type() == LuaValue.TNUMBER) {
        greatest = Math.max(greatest, key.todouble());
      }
    }
    return LuaValue.valueOf(greatest);
  }

  private static Varargs forEach(NativeFunction.Arguments arguments) {
    LuaTable table = table(arguments);
    for (LuaValue key : table.keys()) {
      LuaValue result = arguments.value(2).call(key, table.get(key));
      if (!result.isnil()) {
        return result;
      }
    }
    return LuaValue.NONE;
  }

  private static Varargs forEachNumbered(NativeFunction.Arguments arguments) {
    LuaTable table = table(arguments);
    int length = table.length();
    for (int i = 1; i <= length; i++) {
      LuaValue result = arguments.value(2).call(LuaValue.valueOf(i), table.get(i));
      if (!result.isnil()) {
        return result;
      }
    }
    return LuaValue.NONE;
  }
}
