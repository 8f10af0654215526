package io.shardquake.node.core.lua;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The library {@code struct}: C structures to strings and back (struct 0.2). */
final class StructLibrary {
  private static final int LONGEST_INTEGER = 32;
  private static final int NATIVE_ALIGNMENT = 8;

  private final byte[] format;
  private int at;
  private boolean little = true;
  private int alignment = 1;

  /** One option of a format, with its size in bytes. */
  private record Option(char letter, int size) {}

  private StructLibrary(byte[] format) {
    this.format = format;
  }

  static ReadOnlyTable table() {
    ReadOnlyTable struct = new ReadOnlyTable();
    struct.define("pack", arguments -> new StructLibrary(format(arguments)).pack(arguments));
    struct.define("unpack", arguments -> new StructLibrary(format(arguments)).unpack(arguments));
    struct.define("size", arguments -> new StructLibrary(format(arguments)).size(arguments));
    return struct;
  }

  private static byte[] format(NativeFunction.Arguments arguments) {
    return Bytes.of(arguments.string(1));
  }

  private boolean hasNext() {
    return at < format.length;
  }

  private Option next(NativeFunction.Arguments arguments) {
    char letter = (char) (format[at++] & 0xff);
    int size =
        switch (letter) {
          case 'b', 'B', 'x' -> 1;
          case 'h', 'H' -> 2;
          case 'l', 'L', 'T', 'd' -> 8;
          case 'f' -> 4;
          case 'i', 'I' -> integerSize();
          case 'c' -> number(1);
          case 's', ' ', '<', '>', '!' -> 0;
          default -> throw arguments.wrong(1, "invalid format option '" + letter + "'");
        };
    switch (letter) {
      case '<' -> little = true;
      case '>' -> little = false;
      case '!' -> alignment = alignment();
      default -> {}
    }
    return new Option(letter, size);
  }

  private int number(int otherwise) {
    if (at >= format.length || !Character.isDigit(format[at])) {
      return otherwise;
    }
    long value = 0;
    while (at < format.length && Character.isDigit(format[at])) {
      value = value * 10 + format[at++] - '0';
      if (value > Integer.MAX_VALUE) {
        throw new LuaError("integral size overflow");
      }
    }
    return (int) value;
  }

  private int integerSize() {
    int size = number(4);
    if (size > LONGEST_INTEGER) {
      throw new LuaError("integral size " + size + " is larger than limit of " + LONGEST_INTEGER);
    }
    return size;
  }

  private int alignment() {
    int wanted = number(NATIVE_ALIGNMENT);
    if (wanted == 0 || Integer.bitCount(wanted) != 1) {
      throw new LuaError("alignment is not a power of 2");
    }
    return wanted;
  }

  private int padding(int position, Option option) {
    boolean aligned = option.size() > 0 && "cx".indexOf(option.letter()) < 0;
    int to = Math.min(option.size(), alignment);
    return aligned && to > 1 ? (to - position % to) % to : 0;
  }

  private Varargs pack(NativeFunction.Arguments arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int argument = 2;
    while (hasNext()) {
      Option option = next(arguments);
      out.writeBytes(new byte[padding(out.size(), option)]);
      switch (option.letter()) {
        case 'b', 'B', 'h', 'H', 'l', 'L', 'T', 'i', 'I' ->
            integer((long) arguments.number(argument++), option.size(), out);
        case 'f' -> integer(Float.floatToIntBits((float) arguments.number(argument++)), 4, out);
        case 'd' -> integer(Double.doubleToLongBits(arguments.number(argument++)), 8, out);
        case 's' -> {
          out.writeBytes(Bytes.of(arguments.string(argument++)));
          out.write(0);
        }
        case 'c' -> {
          byte[] text = Bytes.of(arguments.string(argument));
          int size = option.size() == 0 ? text.length : option.size();
          if (text.length < size) {
            throw arguments.wrong(argument, "string too short");
          }
          argument++;
          out.write(text, 0, size);
        }
        case 'x' -> out.write(0);
        default -> {}
      }
    }
    return LuaString.valueOf(out.toByteArray());
  }

  private void integer(long value, int size, ByteArrayOutputStream out) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[little ? i : size - 1 - i] = (byte) (i < 8 ? value >> (8 * i) : value >> 63);
    }
    out.writeBytes(bytes);
  }

  private Varargs unpack(NativeFunction.Arguments arguments) {
    byte[] data = Bytes.of(arguments.string(2));
    double start = arguments.number(3, 1);
    if (start < 1) {
      throw arguments.wrong(3, "offset must be 1 or greater");
    }
    int position = (int) Math.min(Integer.MAX_VALUE, start - 1);
    List<LuaValue> values = new ArrayList<>();
    while (hasNext()) {
      Option option = next(arguments);
      position += padding(position, option);
      int size = option.size();
      if (size > data.length || position > data.length - size) {
        throw arguments.wrong(2, "data string too short");
      }
      switch (option.letter()) {
        case 'b', 'h', 'l', 'i' -> values.add(number(integer(data, position, size, true)));
        case 'B', 'H', 'L', 'T', 'I' -> values.add(number(integer(data, position, size, false)));
        case 'f' ->
            values.add(
                LuaValue.valueOf(
                    (double) Float.intBitsToFloat((int) integer(data, position, 4, false))));
        case 'd' ->
            values.add(
                LuaValue.valueOf(Double.longBitsToDouble(integer(data, position, 8, false))));
        case 's' -> {
          int end = position;
          while (end < data.length && data[end] != 0) {
            end++;
          }
          if (end >= data.length) {
            throw new LuaError("unfinished string in data");
          }
          values.add(LuaString.valueOf(Arrays.copyOfRange(data, position, end)));
          size = end - position + 1;
        }
        case 'c' -> {
          if (size == 0) {
            size = lengthBefore(values);
            if (size > data.length - position) {
              throw arguments.wrong(2, "data string too short");
            }
          }
          values.add(LuaString.valueOf(Arrays.copyOfRange(data, position, position + size)));
        }
        default -> {}
      }
      position += size;
    }
    values.add(LuaValue.valueOf(position + 1));
    return LuaValue.varargsOf(values.toArray(LuaValue[]::new));
  }

  private static int lengthBefore(List<LuaValue> values) {
    LuaValue last = values.isEmpty() ? LuaValue.NIL : values.remove(values.size() - 1);
    if (!last.isnumber() || last.todouble() < 0) {
      throw new LuaError("format 'c0' needs a previous size");
    }
    return (int) Math.min(Integer.MAX_VALUE, last.todouble());
  }

  private static LuaValue number(long value) {
    return LuaValue.valueOf((double) value);
  }

  private long integer(byte[] data, int position, int size, boolean signed) {
    long value = 0;
    for (int i = Math.min(size, 8) - 1; i >= 0; i--) {
      value = (value << 8) | (data[position + (little ? i : size - 1 - i)] & 0xff);
    }
    int unused = 64 - 8 * Math.min(size, 8);
    return signed && unused < 64 ? (value << unused) >> unused : value;
  }

  private Varargs size(NativeFunction.Arguments arguments) {
    int position = 0;
    while (hasNext()) {
      Option option = next(arguments);
      position += padding(position, option);
      if (option.letter() == 's') {
        throw arguments.wrong(1, "option 's' has no fixed size");
      }
      if (option.letter() == 'c' && option.size() == 0) {
        throw arguments.wrong(1, "option 'c0' has no fixed size");
      }
      position += option.size();
    }
    return LuaValue.valueOf(position);
  }
}
