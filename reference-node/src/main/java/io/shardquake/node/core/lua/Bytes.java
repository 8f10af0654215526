package io.shardquake.node.core.lua;

import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** The bytes of Lua's strings. */
public final class Bytes {
  private Bytes() {}

  /** A copy of the bytes of a string, or of a number's text. */
  public static byte[] of(LuaValue value) {
    LuaString string =
        value.type() == LuaValue.TNUMBER
            ? LuaString.valueOf(Numerals.text(value.todouble()))
            : value.checkstring();
    byte[] bytes = new byte[string.m_length];
    string.copyInto(0, bytes, 0, bytes.length);
    return bytes;
  }
}
