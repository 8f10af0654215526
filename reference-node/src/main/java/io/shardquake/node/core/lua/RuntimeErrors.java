package io.shardquake.node.core.lua;

import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;

/** The library's complaints about operations, in the words of Lua 5.1. */
final class RuntimeErrors {
  private RuntimeErrors() {}

  /**
   * What Lua 5.1 says where this library says something.
   *
   * @param said the library's words, without a place
   */
  static String words(String said, LuaFrames.Place place) {
    int instruction = place.prototype().code[place.instruction()];
    if (said.startsWith("attempt to call")) {
      return about("call", place, Lua.GETARG_A(instruction));
    }
    if (said.startsWith("attempt to index")) {
      return about("index", place, indexed(instruction));
    }
    if (said.startsWith("attempt to perform arithmetic")) {
      return about("perform arithmetic on", place, faultyOperand(place, instruction));
    }
    if (said.startsWith("attempt to concatenate")) {
      return about("concatenate", place, faultyPiece(place, instruction));
    }
    if (said.startsWith("attempt to get length")) {
      return about("get length of", place, Lua.GETARG_B(instruction));
    }
    if (said.startsWith("table index")) {
      return "table index is nil";
    }
    if (said.startsWith("bad argument #") && !said.contains(" to '")) {
      return argument(said, place, instruction);
    }
    if (said.startsWith("attempt to compare")) {
      return comparison(place, instruction);
    }
    return said;
  }

  private static String argument(String said, LuaFrames.Place place, int instruction) {
    String name = name(place.prototype(), place.instruction(), Lua.GETARG_A(instruction));
    int colon = said.indexOf(':');
    if (colon < 0 || !name.contains("'")) {
      return said;
    }
    String why = said.substring(colon + 1).strip();
    return said.substring(0, colon)
        + " to "
        + name.substring(name.indexOf('\''))
        + " ("
        + (why.equals("value") ? "value expected" : why)
        + ")";
  }

  private static int indexed(int instruction) {
    return switch (Lua.GET_OPCODE(instruction)) {
      case Lua.OP_SETTABLE, Lua.OP_SETTABUP -> Lua.GETARG_A(instruction);
      default -> Lua.GETARG_B(instruction);
    };
  }

  private static boolean isUpvalue(LuaFrames.Place place) {
    int operation = Lua.GET_OPCODE(place.prototype().code[place.instruction()]);
    return operation == Lua.OP_GETTABUP || operation == Lua.OP_SETTABUP;
  }

  private static int faultyOperand(LuaFrames.Place place, int instruction) {
    int first = Lua.GETARG_B(instruction);
    boolean unary = Lua.GET_OPCODE(instruction) == Lua.OP_UNM;
    return unary || value(place, first).tonumber().isnil() ? first : Lua.GETARG_C(instruction);
  }

  /** Pieces are put together from the last to the first. */
  private static int faultyPiece(LuaFrames.Place place, int instruction) {
    int first = Lua.GETARG_B(instruction);
    int piece = Lua.GETARG_C(instruction);
    while (piece > first && value(place, piece).isstring()) {
      piece--;
    }
    return piece;
  }

  private static LuaValue value(LuaFrames.Place place, int operand) {
    if (Lua.ISK(operand)) {
      return place.prototype().k[Lua.INDEXK(operand)];
    }
    LuaValue held = place.registers()[operand];
    return held == null ? LuaValue.NIL : held;
  }

  private static String about(String action, LuaFrames.Place place, int operand) {
    Prototype prototype = place.prototype();
    if (isUpvalue(place)) {
      LuaValue held = place.closure().upValues[operand].getValue();
      String name = prototype.upvalues[operand].name.tojstring();
      return "attempt to " + action + " upvalue '" + name + "' (a " + held.typename() + " value)";
    }
    String type = value(place, operand).typename();
    String name = Lua.ISK(operand) ? "" : name(prototype, place.instruction(), operand);
    String what = name.isEmpty() ? "a " + type + " value" : name + " (a " + type + " value)";
    return "attempt to " + action + " " + what;
  }

  /** What a register holds by its name: a local variable, a global, a field, a method. */
  private static String name(Prototype prototype, int instruction, int register) {
    LuaString local = prototype.getlocalname(register + 1, instruction);
    if (local != null) {
      return "local '" + local.tojstring() + "'";
    }
    for (int i = instruction - 1; i >= 0; i--) {
      int code = prototype.code[i];
      if (Lua.GETARG_A(code) == register && Lua.testAMode(Lua.GET_OPCODE(code))) {
        return nameOfResult(prototype, i, code);
      }
    }
    return "";
  }

  private static String nameOfResult(Prototype prototype, int instruction, int code) {
    return switch (Lua.GET_OPCODE(code)) {
      case Lua.OP_MOVE -> name(prototype, instruction, Lua.GETARG_B(code));
      case Lua.OP_GETUPVAL ->
          "upvalue '" + prototype.upvalues[Lua.GETARG_B(code)].name.tojstring() + "'";
      case Lua.OP_GETTABUP -> "global " + constant(prototype, Lua.GETARG_C(code));
      case Lua.OP_GETTABLE -> "field " + constant(prototype, Lua.GETARG_C(code));
      case Lua.OP_SELF -> "method " + constant(prototype, Lua.GETARG_C(code));
      default -> "";
    };
  }

  private static String constant(Prototype prototype, int operand) {
    boolean named = Lua.ISK(operand) && prototype.k[Lua.INDEXK(operand)].isstring();
    return named ? "'" + prototype.k[Lua.INDEXK(operand)].tojstring() + "'" : "'?'";
  }

  private static String comparison(LuaFrames.Place place, int instruction) {
    String first = value(place, Lua.GETARG_B(instruction)).typename();
    String second = value(place, Lua.GETARG_C(instruction)).typename();
    return first.equals(second)
        ? "attempt to compare two " + first + " values"
        : "attempt to compare " + first + " with " + second;
  }
}
