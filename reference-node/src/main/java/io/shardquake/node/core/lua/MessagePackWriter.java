package io.shardquake.node.core.lua;

import java.io.ByteArrayOutputStream;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** Writes Lua values as MessagePack, each in the shortest form. */
final class MessagePackWriter {
  /** Tables within tables beyond this are written as nil. */
  private static final int DEEPEST = 16;

  private final ByteArrayOutputStream out;

  private MessagePackWriter(ByteArrayOutputStream out) {
    this.out = out;
  }

  static void write(LuaValue value, ByteArrayOutputStream out) {
    new MessagePackWriter(out).write(value, 0);
  }

  private void write(LuaValue value, int depth) {
    switch (value.type()) {
      case LuaValue.TSTRING -> string(Bytes.of(value));
      case LuaValue.TBOOLEAN -> out.write(value.toboolean() ? 0xc3 : 0xc2);
      case LuaValue.TNUMBER -> number(value.todouble());
      case LuaValue.TTABLE -> {
        if (depth == DEEPEST) {
          out.write(0xc0);
        } else {
          table((LuaTable) value, depth);
        }
      }
      default -> out.write(0xc0);
    }
  }

  private void bytes(int lead, long value, int count) {
    out.write(lead);
    for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
      out.write((int) (value >> shift));
    }
  }

  private void number(double value) {
    if (value == (long) value) {
      whole((long) value);
    } else if (value == (float) value) {
      bytes(0xca, Float.floatToIntBits((float) value), 4);
    } else {
      bytes(0xcb, Double.doubleToLongBits(value), 8);
    }
  }

  private void whole(long value) {
    if (value >= 0) {
      if (value <= 0x7f) {
        out.write((int) value);
      } else if (value <= 0xff) {
        bytes(0xcc, value, 1);
      } else if (value <= 0xffff) {
        bytes(0xcd, value, 2);
      } else {
        bytes(value <= 0xffffffffL ? 0xce : 0xcf, value, value <= 0xffffffffL ? 4 : 8);
      }
    } else if (value >= -32) {
      out.write((int) value);
    } else if (value >= Byte.MIN_VALUE) {
      bytes(0xd0, value, 1);
    } else if (value >= Short.MIN_VALUE) {
      bytes(0xd1, value, 2);
    } else {
      boolean fits = value >= Integer.MIN_VALUE;
      bytes(fits ? 0xd2 : 0xd3, value, fits ? 4 : 8);
    }
  }

  private void string(byte[] bytes) {
    if (bytes.length < 32) {
      out.write(0xa0 | bytes.length);
    } else if (bytes.length <= 0xff) {
      bytes(0xd9, bytes.length, 1);
    } else {
      sized(0xda, bytes.length);
    }
    out.writeBytes(bytes);
  }

  private void sized(int lead, int length) {
    if (length <= 0xffff) {
      bytes(lead, length, 2);
    } else {
      bytes(lead + 1, length, 4);
    }
  }

  private void table(LuaTable table, int depth) {
    LuaValue[] keys = table.keys();
    boolean isArray = table.rawlen() == keys.length && allNumbers(keys);
    if (keys.length < 16) {
      out.write((isArray ? 0x90 : 0x80) | keys.length);
    } else {
      sized(isArray ? 0xdc : 0xde, keys.length);
    }
    for (int i = 0; i < keys.length; i++) {
      if (isArray) {
        write(table.rawget(i + 1), depth + 1);
      } else {
        write(keys[i], depth + 1);
        write(table.rawget(keys[i]), depth + 1);
      }
    }
  }

  private static boolean allNumbers(LuaValue[] keys) {
    for (LuaValue key : keys) {
      if (key.type() != LuaValue.TNUMBER) {
        return false;
      }
    }
    return true;
  }
}
