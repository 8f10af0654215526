package io.shardquake.node.core.lua;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The library {@code cmsgpack} (lua-cmsgpack 0.4.0). */
final class MessagePackLibrary {
  private MessagePackLibrary() {}

  static ReadOnlyTable table() {
    ReadOnlyTable pack = new ReadOnlyTable();
    pack.rawset(LuaValue.valueOf("_NAME"), LuaValue.valueOf("cmsgpack"));
    pack.rawset(LuaValue.valueOf("_VERSION"), LuaValue.valueOf("lua-cmsgpack 0.4.0"));
    pack.rawset(
        LuaValue.valueOf("_COPYRIGHT"),
        LuaValue.valueOf("Copyright (C) 2012, Salvatore Sanfilippo"));
    pack.rawset(
        LuaValue.valueOf("_DESCRIPTION"), LuaValue.valueOf("MessagePack C implementation for Lua"));
    pack.define("pack", MessagePackLibrary::pack);
    pack.define("unpack", arguments -> values(arguments, Integer.MAX_VALUE, 0, true));
    pack.define("unpack_one", arguments -> values(arguments, 1, offset(arguments, 2), false));
    pack.define(
        "unpack_limit",
        arguments -> values(arguments, (int) arguments.number(2), offset(arguments, 3), false));
    return pack;
  }

  private static Varargs pack(NativeFunction.Arguments arguments) {
    if (arguments.count() == 0) {
      throw arguments.wrong(0, "MessagePack pack needs input.");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 1; i <= arguments.count(); i++) {
      MessagePackWriter.write(arguments.value(i), out);
    }
    return LuaString.valueOf(out.toByteArray());
  }

  private static int offset(NativeFunction.Arguments arguments, int index) {
    return (int) arguments.number(index, 0);
  }

  /** The values from an offset; a limit is told where to go on, or -1 at the end. */
  private static Varargs values(
      NativeFunction.Arguments arguments, int limit, int offset, boolean whole) {
    byte[] data = Bytes.of(arguments.string(1));
    if (offset < 0 || limit < 0) {
      throw new LuaError(
          "Invalid request to unpack with offset of " + offset + " and limit of " + limit + ".");
    }
    if (offset > data.length) {
      throw new LuaError(
          "Start offset " + offset + " greater than input length " + data.length + ".");
    }
    MessagePackReader reader = new MessagePackReader(data, offset);
    List<LuaValue> values = new ArrayList<>();
    while (!reader.isAtEnd() && values.size() < limit) {
      values.add(reader.read());
    }
    if (!whole) {
      values.add(0, LuaValue.valueOf(reader.isAtEnd() ? -1 : reader.offset()));
    }
    return LuaValue.varargsOf(values.toArray(LuaValue[]::new));
  }
}
