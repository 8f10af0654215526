package io.shardquake.node.core.lua;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.DebugLib;

/**
 * Follows the Lua code that runs: which function is where, so that errors can tell their place, and
 * how many instructions it has taken. Not thread-safe.
 */
final class LuaFrames extends DebugLib {
  /** Deeper calls are refused before the Java stack below them ends. */
  private static final int DEEPEST = 1000;

  private @Nullable LuaClosure[] closures = new LuaClosure[16];
  private LuaValue[][] registers = new LuaValue[16][];
  private int[] places = new int[16];
  private int depth;
  private long left;

  /** Ends a script that has taken too many instructions; no {@code pcall} of its own catches it. */
  static final class OutOfTime extends Error {
    private static final long serialVersionUID = 1L;

    OutOfTime() {
      super("too many instructions", null, false, false);
    }
  }

  /** Begins anew, with nothing running. */
  void begin(long instructions) {
    depth = 0;
    left = instructions;
  }

  @Override
  public void onCall(LuaFunction function) {
    enterNative();
  }

  /** Notes that a function of ours runs that calls others. */
  void enterNative() {
    push(null, new LuaValue[0]);
  }

  @Override
  public void onCall(LuaClosure closure, Varargs arguments, LuaValue[] stack) {
    if (depth >= DEEPEST) {
      throw new LuaError("stack overflow");
    }
    push(closure, stack);
  }

  private void push(@Nullable LuaClosure closure, LuaValue[] stack) {
    if (depth == places.length) {
      closures = Arrays.copyOf(closures, 2 * depth);
      registers = Arrays.copyOf(registers, 2 * depth);
      places = Arrays.copyOf(places, 2 * depth);
    }
    closures[depth] = closure;
    registers[depth] = stack;
    places[depth++] = 0;
  }

  @Override
  public void onInstruction(int place, Varargs variable, int top) {
    places[depth - 1] = place;
    if (--left < 0) {
      throw new OutOfTime();
    }
  }

  @Override
  public void onReturn() {
    depth--;
  }

  @Override
  public String traceback(int level) {
    return "";
  }

  /** How many calls are under way. */
  int depth() {
    return depth;
  }

  /** Forgets calls that have ended without saying so. */
  void unwind(int toDepth) {
    depth = toDepth;
  }

  /** A place in Lua code. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
  record Place(LuaClosure closure, LuaValue[] registers, int instruction) {
    Prototype prototype() {
      return closure.p;
    }

    /** The name of the code, as {@code debug.getinfo} gives it, with its leading {@code @}. */
    String source() {
      return closure.p.source.tojstring();
    }

    int line() {
      int[] lines = closure.p.lineinfo;
      return instruction >= 0 && instruction < lines.length ? lines[instruction] : 0;
    }

    /** As it stands before the text of an error. */
    String prefix() {
      return source().substring(1) + ":" + line() + ": ";
    }
  }

  /**
   * Where the function is that called one of ours, or with greater levels those that called it;
   * from 1. Empty if that is no Lua function.
   */
  @Nullable Place caller(int level) {
    int index = depth - level;
    LuaClosure closure = index < 0 ? null : closures[index];
    return closure == null ? null : new Place(closure, registers[index], places[index]);
  }

  /** Where the Lua function is that runs, or with greater levels those that called it; from 1. */
  @Nullable Place place(int level) {
    int seen = 0;
    for (int i = depth - 1; i >= 0; i--) {
      LuaClosure closure = closures[i];
      if (closure != null && ++seen == level) {
        return new Place(closure, registers[i], places[i]);
      }
    }
    return null;
  }
}
