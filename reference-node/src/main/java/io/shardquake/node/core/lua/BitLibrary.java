package io.shardquake.node.core.lua;

import java.util.Locale;
import java.util.function.IntBinaryOperator;
import org.luaj.vm2.LuaValue;

/** The library {@code bit}: operations on 32 bits (LuaBitOp 1.0). */
final class BitLibrary {
  private BitLibrary() {}

  static ReadOnlyTable table() {
    ReadOnlyTable bit = new ReadOnlyTable();
    bit.define("tobit", arguments -> number(bits(arguments, 1)));
    bit.define("bnot", arguments -> number(~bits(arguments, 1)));
    bit.define("bswap", arguments -> number(Integer.reverseBytes(bits(arguments, 1))));
    fold(bit, "band", (a, b) -> a & b);
    fold(bit, "bor", (a, b) -> a | b);
    fold(bit, "bxor", (a, b) -> a ^ b);
    shift(bit, "lshift", (value, by) -> value << by);
    shift(bit, "rshift", (value, by) -> value >>> by);
    shift(bit, "arshift", (value, by) -> value >> by);
    shift(bit, "rol", Integer::rotateLeft);
    shift(bit, "ror", Integer::rotateRight);
    bit.define("tohex", BitLibrary::hexadecimal);
    return bit;
  }

  private static void fold(ReadOnlyTable bit, String name, IntBinaryOperator operator) {
    bit.define(
        name,
        arguments -> {
          int result = bits(arguments, 1);
          for (int i = 2; i <= arguments.count(); i++) {
            result = operator.applyAsInt(result, bits(arguments, i));
          }
          return number(result);
        });
  }

  private static void shift(ReadOnlyTable bit, String name, IntBinaryOperator operator) {
    bit.define(
        name,
        arguments -> number(operator.applyAsInt(bits(arguments, 1), bits(arguments, 2) & 31)));
  }

  private static LuaValue hexadecimal(NativeFunction.Arguments arguments) {
    int wanted = arguments.count() > 1 ? bits(arguments, 2) : 8;
    String text = String.format(Locale.ROOT, "%08x", bits(arguments, 1));
    if (wanted < 0) {
      wanted = wanted == Integer.MIN_VALUE ? 8 : -wanted;
      text = text.toUpperCase(Locale.ROOT);
    }
    return LuaValue.valueOf(text.substring(8 - Math.min(8, wanted)));
  }

  /** The number modulo 2^32, rounded to the nearest whole one. */
  private static int bits(NativeFunction.Arguments arguments, int index) {
    return (int) (long) Math.rint(arguments.number(index));
  }

  private static LuaValue number(int bits) {
    return LuaValue.valueOf(bits);
  }
}
