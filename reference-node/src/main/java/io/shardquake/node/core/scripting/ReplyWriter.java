package io.shardquake.node.core.scripting;

import io.shardquake.node.core.lua.Bytes;
import io.shardquake.node.core.resp.ReplyBuffer;
import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** What a script returns, as a reply. */
final class ReplyWriter {
  private final ReplyBuffer reply;
  private final boolean scriptSpeaksResp3;

  /**
   * A writer.
   *
   * @param scriptSpeaksResp3 whether the script chose RESP3, so that its booleans are booleans
   */
  ReplyWriter(ReplyBuffer reply, boolean scriptSpeaksResp3) {
    this.reply = reply;
    this.scriptSpeaksResp3 = scriptSpeaksResp3;
  }

  void write(LuaValue value) {
    switch (value.type()) {
      case LuaValue.TSTRING -> reply.bulk(Bytes.of(value));
      case LuaValue.TBOOLEAN -> bool(value.toboolean());
      case LuaValue.TNUMBER -> reply.integer(whole(value.todouble()));
      case LuaValue.TTABLE -> table((LuaTable) value);
      default -> reply.nullBulk();
    }
  }

  /** As a C compiler for this processor has it: what is out of range is the least number. */
  private static long whole(double value) {
    return Math.abs(value) < 0x1p63 ? (long) value : Long.MIN_VALUE;
  }

  private void bool(boolean value) {
    if (scriptSpeaksResp3) {
      reply.bool(value);
    } else if (value) {
      reply.integer(1);
    } else {
      reply.nullBulk();
    }
  }

  private static LuaValue field(LuaTable table, String name) {
    return table.rawget(LuaValue.valueOf(name));
  }

  private void table(LuaTable table) {
    LuaValue error = field(table, "err");
    LuaValue status = field(table, "ok");
    LuaValue real = field(table, "double");
    LuaValue map = field(table, "map");
    LuaValue set = field(table, "set");
    LuaValue bigNumber = field(table, "big_number");
    LuaValue verbatim = field(table, "verbatim_string");
    if (error.isstring()) {
      reply.error(untilNul(line(error)));
    } else if (status.isstring()) {
      reply.simple(untilNul(line(status)).replace('\r', ' ').replace('\n', ' '));
    } else if (real.type() == LuaValue.TNUMBER) {
      reply.real(real.todouble());
    } else if (map instanceof LuaTable pairs) {
      map(pairs);
    } else if (set instanceof LuaTable members) {
      set(members);
    } else if (bigNumber.isstring()) {
      reply.bigNumber(line(bigNumber).replace('\r', ' ').replace('\n', ' '));
    } else if (verbatim instanceof LuaTable parts && isVerbatim(parts)) {
      reply.verbatim(line(field(parts, "format")), Bytes.of(field(parts, "string")));
    } else {
      array(table);
    }
  }

  private static boolean isVerbatim(LuaTable parts) {
    return field(parts, "format").isstring() && field(parts, "string").isstring();
  }

  private static String line(LuaValue text) {
    return new String(Bytes.of(text), StandardCharsets.ISO_8859_1);
  }

  /** Errors and statuses are strings of C in Redis. */
  static String untilNul(String text) {
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  private void map(LuaTable pairs) {
    LuaValue[] keys = pairs.keys();
    reply.map(keys.length);
    for (LuaValue key : keys) {
      write(key);
      write(pairs.rawget(key));
    }
  }

  private void set(LuaTable members) {
    LuaValue[] keys = members.keys();
    reply.set(keys.length);
    for (LuaValue key : keys) {
      write(key);
    }
  }

  /** The elements up to the first nil. */
  private void array(LuaTable table) {
    int count = 0;
    while (!table.get(count + 1).isnil()) {
      count++;
    }
    reply.array(count);
    for (int i = 1; i <= count; i++) {
      write(table.get(i));
    }
  }
}
