package io.shardquake.node.core.lua;

import java.util.Arrays;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** Reads MessagePack values one after the other. */
final class MessagePackReader {
  private final byte[] data;
  private int at;

  MessagePackReader(byte[] data, int offset) {
    this.data = data;
    this.at = offset;
  }

  boolean isAtEnd() {
    return at >= data.length;
  }

  int offset() {
    return at;
  }

  /**
   * The next value.
   *
   * @throws LuaError if there is none that is whole
   */
  LuaValue read() {
    int lead = (int) unsigned(1);
    if (lead <= 0x7f) {
      return LuaValue.valueOf(lead);
    }
    if (lead >= 0xe0) {
      return LuaValue.valueOf((byte) lead);
    }
    if (lead <= 0x8f) {
      return map(lead & 0xf);
    }
    if (lead <= 0x9f) {
      return array(lead & 0xf);
    }
    if (lead <= 0xbf) {
      return string(lead & 0x1f);
    }
    return switch (lead) {
      case 0xc0 -> LuaValue.NIL;
      case 0xc2 -> LuaValue.FALSE;
      case 0xc3 -> LuaValue.TRUE;
      case 0xca -> LuaValue.valueOf((double) Float.intBitsToFloat((int) unsigned(4)));
      case 0xcb -> LuaValue.valueOf(Double.longBitsToDouble(signed(8)));
      case 0xcc -> LuaValue.valueOf((double) unsigned(1));
      case 0xcd -> LuaValue.valueOf((double) unsigned(2));
      case 0xce -> LuaValue.valueOf((double) unsigned(4));
      case 0xcf -> LuaValue.valueOf(unsignedDouble());
      case 0xd0 -> LuaValue.valueOf((double) signed(1));
      case 0xd1 -> LuaValue.valueOf((double) signed(2));
      case 0xd2 -> LuaValue.valueOf((double) signed(4));
      case 0xd3 -> LuaValue.valueOf((double) signed(8));
      case 0xc4, 0xd9 -> string(unsigned(1));
      case 0xc5, 0xda -> string(unsigned(2));
      case 0xc6, 0xdb -> string(unsigned(4));
      case 0xdc -> array(unsigned(2));
      case 0xdd -> array(unsigned(4));
      case 0xde -> map(unsigned(2));
      case 0xdf -> map(unsigned(4));
      default -> throw new LuaError("Bad data format in input.");
    };
  }

  private void need(long count) {
    if (data.length - at < count) {
      throw new LuaError("Missing bytes in input.");
    }
  }

  private long signed(int count) {
    need(count);
    long value = data[at++];
    for (int i = 1; i < count; i++) {
      value = (value << 8) | (data[at++] & 0xff);
    }
    return value;
  }

  private long unsigned(int count) {
    return signed(count) & ((1L << (8 * count)) - 1);
  }

  private double unsignedDouble() {
    long value = signed(8);
    return value >= 0 ? value : value + 0x1p64;
  }

  private LuaValue string(long length) {
    need(length);
    at += (int) length;
    return LuaString.valueOf(Arrays.copyOfRange(data, at - (int) length, at));
  }

  private LuaValue array(long count) {
    LuaTable table = new LuaTable();
    for (int i = 1; i <= count; i++) {
      table.rawset(i, read());
    }
    return table;
  }

  private LuaValue map(long count) {
    LuaTable table = new LuaTable();
    for (int i = 0; i < count; i++) {
      LuaValue key = read();
      LuaValue value = read();
      if (key.isnil()) {
        throw new LuaError("Bad data format in input.");
      }
      table.rawset(key, value);
    }
    return table;
  }
}
