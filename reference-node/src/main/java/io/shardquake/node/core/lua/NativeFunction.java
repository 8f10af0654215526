package io.shardquake.node.core.lua;

import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** A function of ours that Lua code can call. */
public final class NativeFunction extends VarArgFunction {
  private final String called;
  private final Body body;

  /** What it does. */
  @FunctionalInterface
  public interface Body {
    Varargs call(Arguments arguments);
  }

  /**
   * What it was called with; complaints about them name the function and their number, as Lua's own
   * do.
   */
  public record Arguments(String function, Varargs values) {
    public int count() {
      return values.narg();
    }

    /** An argument, from 1; nil if it is not there. */
    public LuaValue value(int index) {
      return values.arg(index);
    }

    /**
     * An argument as a string.
     *
     * @throws LuaError if it is neither a string nor a number
     */
    public LuaString string(int index) {
      LuaValue value = values.arg(index);
      if (value.type() == LuaValue.TSTRING) {
        return (LuaString) value;
      }
      if (value.type() == LuaValue.TNUMBER) {
        return LuaString.valueOf(Numerals.text(value.todouble()));
      }
      throw wrong(index, "string expected, got " + typeName(index));
    }

    /**
     * An argument as a number.
     *
     * @throws LuaError if it is none, nor a string that spells one
     */
    public double number(int index) {
      LuaValue number = values.arg(index).tonumber();
      if (number.isnil()) {
        throw wrong(index, "number expected, got " + typeName(index));
      }
      return number.todouble();
    }

    /** An argument as a number, or another number if it is not there. */
    public double number(int index, double otherwise) {
      return values.arg(index).isnil() ? otherwise : number(index);
    }

    /** The complaint about an argument. */
    public LuaError wrong(int index, String why) {
      return new LuaError("bad argument #" + index + " to '" + function + "' (" + why + ")");
    }

    private String typeName(int index) {
      return index > values.narg() ? "no value" : values.arg(index).typename();
    }
  }

  public NativeFunction(String called, Body body) {
    this.called = called;
    this.body = body;
  }

  @Override
  public Varargs invoke(Varargs arguments) {
    return body.call(new Arguments(called, arguments));
  }

  @Override
  public String name() {
    return called;
  }
}
