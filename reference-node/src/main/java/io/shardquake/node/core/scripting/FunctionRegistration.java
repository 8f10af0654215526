package io.shardquake.node.core.scripting;

import io.shardquake.node.core.lua.NativeFunction;
import io.shardquake.node.core.lua.ReadOnlyTable;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code redis.register_function}, by which a library names its functions. Not thread-safe. */
final class FunctionRegistration {
  private @Nullable Map<String, Libraries.Function> target;

  /**
   * What the code of a library may use while it is being loaded.
   *
   * @param library has the rest of what its functions may use later
   */
  ReadOnlyTable tableFor(RedisLibrary library) {
    ReadOnlyTable redis = new ReadOnlyTable();
    redis.define("register_function", this::register);
    for (LuaValue name : library.table().keys()) {
      String text = name.tojstring();
      if (text.startsWith("LOG_") || text.startsWith("REDIS_") || text.equals("log")) {
        redis.rawset(name, library.table().rawget(name));
      }
    }
    redis.refuseUnknown();
    redis.lockAll();
    return redis;
  }

  /** Collects what is registered from now on. */
  void begin(Map<String, Libraries.Function> into) {
    this.target = into;
  }

  void end() {
    this.target = null;
  }

  private Varargs register(NativeFunction.Arguments arguments) {
    if (target == null) {
      throw RedisLibrary.error(
          "redis.register_function can only be called on FUNCTION LOAD command");
    }
    if (arguments.count() < 1 || arguments.count() > 2) {
      throw RedisLibrary.error("wrong number of arguments to redis.register_function");
    }
    if (arguments.count() == 2) {
      add(positional(arguments.value(1), arguments.value(2)));
    } else {
      add(named(arguments.value(1)));
    }
    return LuaValue.NONE;
  }

  private void add(Libraries.Function function) {
    String name = function.script().name();
    if (!LibraryHeader.isName(name)) {
      throw RedisLibrary.error(
          "Library names can only contain letters, numbers, or underscores(_) and must be at"
              + " least one character long");
    }
    if (target != null && target.putIfAbsent(name, function) != null) {
      throw RedisLibrary.error("Function already exists in the library");
    }
  }

  private static Libraries.Function positional(LuaValue name, LuaValue callback) {
    if (!name.isstring()) {
      throw RedisLibrary.error("first argument to redis.register_function must be a string");
    }
    if (!(callback instanceof LuaFunction)) {
      throw RedisLibrary.error("second argument to redis.register_function must be a function");
    }
    Set<ScriptFlag> flags = EnumSet.noneOf(ScriptFlag.class);
    return new Libraries.Function(
        new Script(name.tojstring(), callback, flags, false), Optional.empty());
  }

  private static Libraries.Function named(LuaValue argument) {
    if (!(argument instanceof LuaTable table)) {
      throw RedisLibrary.error(
          "calling redis.register_function with a single argument is only applicable to Lua table"
              + " (representing named arguments).");
    }
    String name = null;
    LuaValue callback = LuaValue.NIL;
    String description = null;
    Set<ScriptFlag> flags = EnumSet.noneOf(ScriptFlag.class);
    for (LuaValue key : table.keys()) {
      if (!key.isstring()) {
        throw RedisLibrary.error(
            "named argument key given to redis.register_function is not a string");
      }
      LuaValue value = table.rawget(key);
      switch (key.tojstring()) {
        case "function_name" -> name = string(value, "function_name");
        case "description" -> description = string(value, "description");
        case "callback" -> {
          if (!(value instanceof LuaFunction)) {
            throw RedisLibrary.error(
                "callback argument given to redis.register_function must be a function");
          }
          callback = value;
        }
        case "flags" -> flags = flags(value);
        default -> throw RedisLibrary.error("unknown argument given to redis.register_function");
      }
    }
    if (name == null) {
      throw RedisLibrary.error("redis.register_function must get a function name argument");
    }
    if (callback.isnil()) {
      throw RedisLibrary.error("redis.register_function must get a callback argument");
    }
    return new Libraries.Function(
        new Script(name, callback, flags, false), Optional.ofNullable(description));
  }

  private static String string(LuaValue value, String argument) {
    if (!value.isstring()) {
      throw RedisLibrary.error(
          argument + " argument given to redis.register_function must be a string");
    }
    return value.tojstring();
  }

  private static Set<ScriptFlag> flags(LuaValue value) {
    if (!(value instanceof LuaTable table)) {
      throw RedisLibrary.error(
          "flags argument to redis.register_function must be a table representing function flags");
    }
    Set<ScriptFlag> flags = EnumSet.noneOf(ScriptFlag.class);
    for (int i = 1; !table.get(i).isnil(); i++) {
      flags.add(
          ScriptFlag.named(table.get(i).tojstring())
              .orElseThrow(() -> RedisLibrary.error("unknown flag given")));
    }
    return flags;
  }
}
