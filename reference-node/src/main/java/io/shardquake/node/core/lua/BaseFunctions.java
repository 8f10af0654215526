package io.shardquake.node.core.lua;

import java.io.ByteArrayOutputStream;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The basic functions of Lua 5.1 that differ in the library, or have to know the sandbox. */
final class BaseFunctions {
  private BaseFunctions() {}

  static void define(ReadOnlyTable globals, LuaFrames frames, LuaMachine machine) {
    globals.define("error", arguments -> error(arguments, frames));
    globals.define("assert", arguments -> check(arguments, frames));
    globals.define("pcall", arguments -> protectedCall(arguments, frames));
    globals.define("xpcall", arguments -> handledCall(arguments, frames));
    globals.define("tostring", arguments -> text(arguments.value(1)));
    globals.define("rawset", BaseFunctions::rawSet);
    globals.define("setmetatable", BaseFunctions::setMetatable);
    globals.define("getmetatable", arguments -> metatable(arguments.value(1)));
    globals.define("unpack", BaseFunctions::unpack);
    globals.define("collectgarbage", arguments -> LuaValue.valueOf(0));
    globals.define("gcinfo", arguments -> LuaValue.valueOf(0));
    globals.define("loadstring", arguments -> load(arguments.string(1), arguments, machine));
    globals.define("load", arguments -> load(collect(arguments), arguments, machine));
  }

  private static Varargs error(NativeFunction.Arguments arguments, LuaFrames frames) {
    LuaValue value = arguments.value(1);
    int level = (int) arguments.number(2, 1);
    LuaFrames.Place place = level > 0 ? frames.caller(level) : null;
    if (value.isstring() && place != null) {
      throw new LuaError(LuaValue.valueOf(place.prefix()).concat(value));
    }
    throw new LuaError(value);
  }

  private static Varargs check(NativeFunction.Arguments arguments, LuaFrames frames) {
    if (arguments.value(1).toboolean()) {
      return arguments.values();
    }
    if (arguments.count() == 0) {
      throw arguments.wrong(1, "value expected");
    }
    LuaValue message = arguments.value(2);
    LuaFrames.Place place = frames.place(1);
    if (message.istable() || place == null) {
      throw new LuaError(message);
    }
    String text = message.isnil() ? "assertion failed!" : message.tojstring();
    throw new LuaError(LuaValue.valueOf(place.prefix() + text));
  }

  private static Varargs protectedCall(NativeFunction.Arguments arguments, LuaFrames frames) {
    if (arguments.count() == 0) {
      throw arguments.wrong(1, "value expected");
    }
    int depth = frames.depth();
    frames.enterNative();
    try {
      return LuaValue.varargsOf(
          LuaValue.TRUE, arguments.value(1).invoke(arguments.values().subargs(2)));
    } catch (LuaError error) {
      return LuaValue.varargsOf(LuaValue.FALSE, thrown(error));
    } finally {
      frames.unwind(depth);
    }
  }

  /** An error of Redis's is given as its text, as scripts of before Redis 7 expect. */
  private static LuaValue thrown(LuaError error) {
    LuaValue value = error.getMessageObject();
    LuaValue text = value.istable() ? value.get("err") : LuaValue.NIL;
    return text.isstring() ? text : value;
  }

  private static Varargs handledCall(NativeFunction.Arguments arguments, LuaFrames frames) {
    if (arguments.count() < 2) {
      throw arguments.wrong(2, "value expected");
    }
    int depth = frames.depth();
    frames.enterNative();
    try {
      return LuaValue.varargsOf(LuaValue.TRUE, arguments.value(1).invoke());
    } catch (LuaError error) {
      return LuaValue.varargsOf(LuaValue.FALSE, arguments.value(2).invoke(thrown(error)));
    } finally {
      frames.unwind(depth);
    }
  }

  /** A value as text, by its metatable if that has a say. */
  static LuaValue text(LuaValue value) {
    LuaValue converter = value.metatag(LuaValue.TOSTRING);
    if (!converter.isnil()) {
      return converter.call(value);
    }
    if (value.type() == LuaValue.TSTRING) {
      return value;
    }
    return LuaValue.valueOf(
        value.type() == LuaValue.TNUMBER ? Numerals.text(value.todouble()) : value.tojstring());
  }

  private static Varargs rawSet(NativeFunction.Arguments arguments) {
    LuaTable table = table(arguments, 1);
    refuseIfLocked(table);
    table.rawset(arguments.value(2), arguments.value(3));
    return table;
  }

  private static LuaTable table(NativeFunction.Arguments arguments, int index) {
    if (arguments.value(index) instanceof LuaTable table) {
      return table;
    }
    throw arguments.wrong(
        index,
        "table expected, got "
            + (index > arguments.count() ? "no value" : arguments.value(index).typename()));
  }

  private static void refuseIfLocked(LuaTable table) {
    if (table instanceof ReadOnlyTable readOnly && readOnly.isLocked()) {
      throw new LuaError(LuaValue.valueOf(ReadOnlyTable.COMPLAINT));
    }
  }

  private static Varargs setMetatable(NativeFunction.Arguments arguments) {
    LuaTable table = table(arguments, 1);
    LuaValue metatable = arguments.value(2);
    if (!metatable.isnil() && !metatable.istable()) {
      throw arguments.wrong(2, "nil or table expected");
    }
    LuaValue present = table.getmetatable();
    if (present != null && !present.rawget(LuaValue.METATABLE).isnil()) {
      throw new LuaError("cannot change a protected metatable");
    }
    refuseIfLocked(table);
    table.setmetatable(metatable.isnil() ? null : metatable);
    return table;
  }

  /** Strings share one metatable between all scripts, which none is given. */
  private static Varargs metatable(LuaValue value) {
    LuaValue metatable = value.istable() ? value.getmetatable() : null;
    if (metatable == null) {
      return LuaValue.NIL;
    }
    LuaValue shown = metatable.rawget(LuaValue.METATABLE);
    return shown.isnil() ? metatable : shown;
  }

  static Varargs unpack(NativeFunction.Arguments arguments) {
    LuaTable table = table(arguments, 1);
    int first = (int) arguments.number(2, 1);
    int last = (int) arguments.number(3, table.length());
    if (first > last) {
      return LuaValue.NONE;
    }
    if ((long) last - first >= 8000) {
      throw new LuaError("too many results to unpack");
    }
    LuaValue[] values = new LuaValue[last - first + 1];
    for (int i = 0; i < values.length; i++) {
      values[i] = table.get(first + i);
    }
    return LuaValue.varargsOf(values);
  }

  private static LuaString collect(NativeFunction.Arguments arguments) {
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    while (true) {
      LuaValue piece = arguments.value(1).call();
      if (piece.isnil() || piece.length() == 0) {
        byte[] all = code.toByteArray();
        return LuaString.valueOf(all);
      }
      code.writeBytes(Bytes.of(piece));
    }
  }

  private static Varargs load(
      LuaString code, NativeFunction.Arguments arguments, LuaMachine machine) {
    String name =
        arguments.count() > 1 ? arguments.string(2).tojstring() : "=[string \"" + code + "\"]";
    try {
      return machine.compile(Bytes.of(code), name);
    } catch (LuaError error) {
      return LuaValue.varargsOf(LuaValue.NIL, LuaMachine.valueOf(error));
    }
  }
}
