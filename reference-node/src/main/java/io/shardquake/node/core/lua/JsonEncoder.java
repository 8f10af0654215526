package io.shardquake.node.core.lua;

import io.shardquake.node.core.resp.RealNumber;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** Writes one Lua value as JSON. */
final class JsonEncoder {
  private final JsonSettings settings;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  JsonEncoder(JsonSettings settings) {
    this.settings = settings;
  }

  byte[] encode(LuaValue value) {
    append(value, 0);
    return out.toByteArray();
  }

  private void append(LuaValue value, int depth) {
    switch (value.type()) {
      case LuaValue.TSTRING -> string(Bytes.of(value));
      case LuaValue.TNUMBER -> number(value);
      case LuaValue.TBOOLEAN -> text(value.toboolean() ? "true" : "false");
      case LuaValue.TNIL -> text("null");
      case LuaValue.TTABLE -> table((LuaTable) value, depth + 1);
      default -> {
        if (!value.raweq(JsonLibrary.NULL)) {
          throw JsonLibrary.cannotSerialise(value, "type not supported");
        }
        text("null");
      }
    }
  }

  private void text(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void number(LuaValue value) {
    double number = value.todouble();
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      if (settings.encodeInvalid() == JsonSettings.Invalid.ERROR) {
        throw JsonLibrary.cannotSerialise(value, "must not be NaN or Inf");
      }
      boolean asNull = settings.encodeInvalid() == JsonSettings.Invalid.NULL;
      text(asNull ? "null" : Double.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf");
      return;
    }
    text(RealNumber.format(number, settings.precision()));
  }

  private void table(LuaTable table, int depth) {
    if (depth > settings.encodeDepth()) {
      throw new LuaError("Cannot serialise, excessive nesting (" + depth + ")");
    }
    int length = arrayLength(table);
    if (length > 0) {
      array(table, length, depth);
    } else {
      object(table, depth);
    }
  }

  /** The length as an array; -1 if it has to be an object. */
  private int arrayLength(LuaTable table) {
    double greatest = 0;
    int items = 0;
    for (LuaValue key : table.keys()) {
      double index = key.type() == LuaValue.TNUMBER ? key.todouble() : 0;
      if (index < 1 || index != Math.floor(index)) {
        return -1;
      }
      greatest = Math.max(greatest, index);
      items++;
    }
    boolean sparse =
        settings.sparseRatio() > 0
            && greatest > (double) items * settings.sparseRatio()
            && greatest > settings.sparseSafe();
    if (sparse && !settings.convertsSparse()) {
      throw JsonLibrary.cannotSerialise(table, "excessively sparse array");
    }
    return sparse ? -1 : (int) greatest;
  }

  private void array(LuaTable table, int length, int depth) {
    out.write('[');
    for (int i = 1; i <= length; i++) {
      if (i > 1) {
        out.write(',');
      }
      append(table.rawget(i), depth);
    }
    out.write(']');
  }

  private void object(LuaTable table, int depth) {
    out.write('{');
    boolean first = true;
    for (LuaValue key : table.keys()) {
      if (!first) {
        out.write(',');
      }
      first = false;
      if (key.type() == LuaValue.TNUMBER) {
        out.write('"');
        number(key);
        out.write('"');
      } else if (key.type() == LuaValue.TSTRING) {
        string(Bytes.of(key));
      } else {
        throw JsonLibrary.cannotSerialise(key, "table key must be a number or string");
      }
      out.write(':');
      append(table.rawget(key), depth);
    }
    out.write('}');
  }

  private void string(byte[] bytes) {
    out.write('"');
    for (byte b : bytes) {
      switch (b) {
        case '"' -> text("\\\"");
        case '\\' -> text("\\\\");
        case '/' -> text("\\/");
        case '\b' -> text("\\b");
        case '\t' -> text("\\t");
        case '\n' -> text("\\n");
        case '\f' -> text("\\f");
        case '\r' -> text("\\r");
        default -> {
          if ((b >= 0 && b < ' ') || b == 0x7f) {
            text(String.format(Locale.ROOT, "\\u%04x", b));
          } else {
            out.write(b);
          }
        }
      }
    }
    out.write('"');
  }
}
