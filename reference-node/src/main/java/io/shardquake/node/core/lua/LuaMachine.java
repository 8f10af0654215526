package io.shardquake.node.core.lua;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.function.Supplier;
import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.BaseLib;
import org.luaj.vm2.lib.MathLib;
import org.luaj.vm2.lib.OneArgFunction;
import org.luaj.vm2.lib.StringLib;
import org.luaj.vm2.lib.TableLib;

/**
 * A Lua state with the globals that Redis gives to scripts, which they cannot change. Scripts have
 * no way to the outside but the functions that are defined here. Not thread-safe.
 */
public final class LuaMachine {
  /** A script that takes more is ended: nothing else happens in the node while it runs. */
  public static final long MOST_INSTRUCTIONS = 1_000_000_000L;

  private static final String[] BASE = {
    "ipairs", "next", "pairs", "rawequal", "rawget", "select", "tonumber", "type"
  };

  private final ReadOnlyTable globals = new ReadOnlyTable();
  private final LuaFrames frames = new LuaFrames();
  private long instructions = MOST_INSTRUCTIONS;

  /**
   * Where an error came from.
   *
   * @param source with a leading {@code @}; empty if it came from no Lua code
   */
  public record Origin(String source, int line) {
    /** No Lua code. */
    public static final Origin NONE = new Origin("", 0);
  }

  /** How a call ended: with results, or with an error value. */
  public record Outcome(Varargs results, LuaValue error, Origin origin, boolean outOfTime) {
    public boolean failed() {
      return !error.isnil();
    }
  }

  private Origin lastError = Origin.NONE;

  /** A state whose globals can still be added to. */
  public LuaMachine() {
    LuaC.install(globals);
    globals.debuglib = frames;
    globals.running.errorfunc = new Located();
    LuaTable library = library();
    for (String name : BASE) {
      globals.rawset(LuaValue.valueOf(name), library.get(name));
    }
    BaseFunctions.define(globals, frames, this);
    globals.rawset(LuaValue.valueOf("math"), MathFunctions.table(library));
    globals.rawset(LuaValue.valueOf("string"), TextFunctions.strings(library));
    globals.rawset(LuaValue.valueOf("table"), TextFunctions.tables(library));
    globals.rawset(LuaValue.valueOf("bit"), BitLibrary.table());
    globals.rawset(LuaValue.valueOf("struct"), StructLibrary.table());
    globals.rawset(LuaValue.valueOf("cjson"), JsonLibrary.table());
    globals.rawset(LuaValue.valueOf("cmsgpack"), MessagePackLibrary.table());
    globals.rawset(LuaValue.valueOf("_G"), globals);
    globals.rawset(LuaValue.valueOf("_VERSION"), LuaValue.valueOf("Lua 5.1"));
  }

  /** The libraries as they come, from which the sandbox takes what it allows. */
  private static LuaTable library() {
    org.luaj.vm2.Globals whole = new org.luaj.vm2.Globals();
    whole.load(new BaseLib());
    whole.load(new org.luaj.vm2.lib.PackageLib());
    whole.load(new StringLib());
    whole.load(new TableLib());
    whole.load(new MathLib());
    return whole;
  }

  /** The globals, until they are {@linkplain #seal sealed} free to be added to. */
  public ReadOnlyTable globals() {
    return globals;
  }

  /** Locks the globals; whoever asks for one that does not exist will hear so. */
  public void seal() {
    globals.refuseUnknown();
    globals.lockAll();
  }

  /** Changes one global, although they are sealed. */
  public void set(String name, LuaValue value) {
    boolean locked = globals.isLocked();
    globals.lock(false);
    globals.rawset(LuaValue.valueOf(name), value);
    globals.lock(locked);
  }

  /**
   * Makes a function of some code.
   *
   * @param name of the code, for errors, with a leading {@code @}
   * @throws LuaError whose message says where the code is wrong
   */
  public LuaFunction compile(byte[] code, String name) {
    try {
      Prototype prototype = globals.compilePrototype(new ByteArrayInputStream(code), name);
      withoutTailCalls(prototype);
      return new LuaClosure(prototype, globals);
    } catch (LuaError error) {
      throw new LuaError(LuaValue.valueOf(CompileErrors.words(text(error))));
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    } catch (StackOverflowError error) {
      throw new LuaError(LuaValue.valueOf(name.substring(1) + ":1: chunk has too many levels"));
    }
  }

  private static String text(LuaError error) {
    return String.valueOf(error.getMessage());
  }

  /**
   * Makes ordinary calls of tail calls: the library leaves a function before such a call, so that
   * its errors could not be told where they are.
   */
  private static void withoutTailCalls(Prototype prototype) {
    for (int i = 0; i < prototype.code.length; i++) {
      if (Lua.GET_OPCODE(prototype.code[i]) == Lua.OP_TAILCALL) {
        prototype.code[i] = (prototype.code[i] & ~Lua.MASK_OP) | Lua.OP_CALL;
      }
    }
    for (Prototype inner : prototype.p) {
      withoutTailCalls(inner);
    }
  }

  /** Lets code see nothing but one global while something is done. */
  public <T> T withOnly(String name, LuaValue value, Supplier<T> action) {
    LuaValue[] names = globals.keys();
    LuaValue[] values = new LuaValue[names.length];
    for (int i = 0; i < names.length; i++) {
      values[i] = globals.rawget(names[i]);
      set(names[i].tojstring(), LuaValue.NIL);
    }
    set(name, value);
    try {
      return action.get();
    } finally {
      set(name, LuaValue.NIL);
      for (int i = 0; i < names.length; i++) {
        set(names[i].tojstring(), values[i]);
      }
    }
  }

  /** Bounds what the next calls may take, in instructions. */
  public void limit(long most) {
    this.instructions = most;
  }

  /** Calls a function from outside. */
  public Outcome call(LuaValue function, Varargs arguments) {
    frames.begin(instructions);
    lastError = Origin.NONE;
    try {
      return new Outcome(function.invoke(arguments), LuaValue.NIL, Origin.NONE, false);
    } catch (LuaError error) {
      return new Outcome(LuaValue.NONE, valueOf(error), lastError, false);
    } catch (StackOverflowError error) {
      return new Outcome(LuaValue.NONE, LuaValue.valueOf("stack overflow"), lastError, false);
    } catch (LuaFrames.OutOfTime error) {
      LuaFrames.Place place = frames.place(1);
      Origin at = place == null ? Origin.NONE : new Origin(place.source(), place.line());
      return new Outcome(LuaValue.NONE, LuaValue.valueOf("out of time"), at, true);
    }
  }

  /** What was thrown; an error without a value is one that says nil. */
  static LuaValue valueOf(LuaError error) {
    LuaValue value = error.getMessageObject();
    return value == null || value.isnil() ? LuaValue.valueOf("nil") : value;
  }

  /** Where the Lua function is that runs. */
  public Origin here() {
    LuaFrames.Place place = frames.place(1);
    return place == null ? Origin.NONE : new Origin(place.source(), place.line());
  }

  /** Puts the place before the text of an error, in Lua's words; the library asks it to. */
  private final class Located extends OneArgFunction {
    @Override
    public LuaValue call(LuaValue said) {
      LuaFrames.Place place = frames.place(1);
      if (place == null) {
        return said;
      }
      lastError = new Origin(place.source(), place.line());
      String text = said.tojstring();
      String placed = place.source() + ":" + place.line() + " ";
      String words = text.startsWith(placed) ? text.substring(placed.length()) : text;
      return LuaString.valueOf(
          String.format(Locale.ROOT, "%s%s", place.prefix(), RuntimeErrors.words(words, place)));
    }
  }
}
