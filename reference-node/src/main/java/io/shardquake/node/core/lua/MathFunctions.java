package io.shardquake.node.core.lua;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The library {@code math} of Lua 5.1, with Redis's source of numbers that only look random. */
final class MathFunctions {
  private static final String[] TAKEN = {
    "abs", "ceil", "floor", "fmod", "frexp", "huge", "ldexp", "max", "min", "modf", "pi"
  };

  private MathFunctions() {}

  static ReadOnlyTable table(LuaTable library) {
    ReadOnlyTable math = new ReadOnlyTable();
    LuaValue taken = library.get("math");
    for (String name : TAKEN) {
      math.rawset(LuaValue.valueOf(name), taken.get(name));
    }
    one(math, "acos", Math::acos);
    one(math, "asin", Math::asin);
    one(math, "atan", Math::atan);
    one(math, "cos", Math::cos);
    one(math, "cosh", Math::cosh);
    one(math, "deg", Math::toDegrees);
    one(math, "exp", Math::exp);
    one(math, "log", Math::log);
    one(math, "log10", Math::log10);
    one(math, "rad", Math::toRadians);
    one(math, "sin", Math::sin);
    one(math, "sinh", Math::sinh);
    one(math, "sqrt", Math::sqrt);
    one(math, "tan", Math::tan);
    one(math, "tanh", Math::tanh);
    two(math, "atan2", Math::atan2);
    two(math, "pow", Math::pow);
    math.rawset(LuaValue.valueOf("mod"), math.get("fmod"));
    Sequence sequence = new Sequence();
    math.define("random", sequence::draw);
    math.define(
        "randomseed",
        arguments -> {
          sequence.seed((int) (long) arguments.number(1));
          return LuaValue.NONE;
        });
    return math;
  }

  private static void one(ReadOnlyTable math, String name, DoubleUnaryOperator function) {
    math.define(name, arguments -> LuaValue.valueOf(function.applyAsDouble(arguments.number(1))));
  }

  private static void two(ReadOnlyTable math, String name, DoubleBinaryOperator function) {
    math.define(
        name,
        arguments ->
            LuaValue.valueOf(function.applyAsDouble(arguments.number(1), arguments.number(2))));
  }

  /** The numbers of {@code lrand48}, from the same beginning in every process. */
  private static final class Sequence {
    private static final long FACTOR = 0x5DEECE66DL;
    private static final long SUMMAND = 0xBL;
    private static final long MASK = (1L << 48) - 1;
    private static final long LOW = 0x330EL;

    private long state = 0x1234ABCD330EL;

    void seed(int seed) {
      state = (((long) seed << 16) & MASK) | LOW;
    }

    private double next() {
      state = (state * FACTOR + SUMMAND) & MASK;
      return ((state >>> 17) % Integer.MAX_VALUE) / (double) Integer.MAX_VALUE;
    }

    Varargs draw(NativeFunction.Arguments arguments) {
      double drawn = next();
      if (arguments.count() == 0) {
        return LuaValue.valueOf(drawn);
      }
      if (arguments.count() > 2) {
        throw new LuaError("wrong number of arguments");
      }
      long least = arguments.count() == 1 ? 1 : (long) arguments.number(1);
      long most = (long) arguments.number(arguments.count());
      if (least > most) {
        throw arguments.wrong(arguments.count(), "interval is empty");
      }
      return LuaValue.valueOf(Math.floor(drawn * (most - least + 1)) + least);
    }
  }
}
