package io.shardquake.node.core.lua;

import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The library {@code cjson} (Lua CJSON 2.1.0). */
final class JsonLibrary {
  /** What JSON's {@code null} becomes. */
  static final LuaValue NULL = new LuaUserdata("userdata: (nil)");

  private final JsonSettings settings = new JsonSettings();

  private JsonLibrary() {}

  static ReadOnlyTable table() {
    JsonLibrary library = new JsonLibrary();
    ReadOnlyTable json = new ReadOnlyTable();
    library.define(json);
    return json;
  }

  private void define(ReadOnlyTable json) {
    json.rawset(LuaValue.valueOf("_NAME"), LuaValue.valueOf("cjson"));
    json.rawset(LuaValue.valueOf("_VERSION"), LuaValue.valueOf("2.1.0"));
    json.rawset(LuaValue.valueOf("null"), NULL);
    json.define("encode", this::encode);
    json.define("decode", this::decode);
    json.define("new", arguments -> table());
    json.define("encode_sparse_array", this::sparseArrays);
    json.define("encode_max_depth", a -> integer(a, settings::encodeDepth, settings.encodeDepth()));
    json.define("decode_max_depth", a -> integer(a, settings::decodeDepth, settings.decodeDepth()));
    json.define("encode_number_precision", this::precision);
    json.define("encode_keep_buffer", arguments -> LuaValue.TRUE);
    json.define("encode_invalid_numbers", this::encodedInvalidNumbers);
    json.define("decode_invalid_numbers", this::decodedInvalidNumbers);
  }

  private Varargs encode(NativeFunction.Arguments arguments) {
    if (arguments.count() != 1) {
      throw arguments.wrong(1, "expected 1 argument");
    }
    return LuaString.valueOf(new JsonEncoder(settings).encode(arguments.value(1)));
  }

  private Varargs decode(NativeFunction.Arguments arguments) {
    if (arguments.count() != 1) {
      throw arguments.wrong(1, "expected 1 argument");
    }
    return new JsonDecoder(settings, Bytes.of(arguments.string(1))).decode();
  }

  private static Varargs integer(
      NativeFunction.Arguments arguments, java.util.function.IntConsumer set, int present) {
    if (arguments.count() == 0 || arguments.value(1).isnil()) {
      return LuaValue.valueOf(present);
    }
    int value = (int) arguments.number(1);
    if (value < 1) {
      throw arguments.wrong(1, "expected integer between 1 and 2147483647");
    }
    set.accept(value);
    return LuaValue.valueOf(value);
  }

  private Varargs precision(NativeFunction.Arguments arguments) {
    if (arguments.count() > 0 && !arguments.value(1).isnil()) {
      int digits = (int) arguments.number(1);
      if (digits < 1 || digits > 14) {
        throw arguments.wrong(1, "expected integer between 1 and 14");
      }
      settings.precision(digits);
    }
    return LuaValue.valueOf(settings.precision());
  }

  private Varargs sparseArrays(NativeFunction.Arguments arguments) {
    if (!arguments.value(1).isnil()) {
      settings.convertSparse(arguments.value(1).toboolean());
    }
    settings.sparse(
        (int) arguments.number(2, settings.sparseRatio()),
        (int) arguments.number(3, settings.sparseSafe()));
    return LuaValue.varargsOf(
        LuaValue.valueOf(settings.convertsSparse()),
        LuaValue.valueOf(settings.sparseRatio()),
        LuaValue.valueOf(settings.sparseSafe()));
  }

  private Varargs encodedInvalidNumbers(NativeFunction.Arguments arguments) {
    LuaValue wish = arguments.value(1);
    if (wish.isboolean()) {
      settings.encodeInvalid(
          wish.toboolean() ? JsonSettings.Invalid.ALLOWED : JsonSettings.Invalid.ERROR);
    } else if (wish.tojstring().equals("null")) {
      settings.encodeInvalid(JsonSettings.Invalid.NULL);
    } else if (!wish.isnil()) {
      throw arguments.wrong(1, "invalid option '" + wish.tojstring() + "'");
    }
    return switch (settings.encodeInvalid()) {
      case ALLOWED -> LuaValue.TRUE;
      case ERROR -> LuaValue.FALSE;
      case NULL -> LuaValue.valueOf("null");
    };
  }

  private Varargs decodedInvalidNumbers(NativeFunction.Arguments arguments) {
    if (!arguments.value(1).isnil()) {
      settings.decodeInvalid(arguments.value(1).toboolean());
    }
    return LuaValue.valueOf(settings.decodesInvalid());
  }

  /** Ends an encoding. */
  static LuaError cannotSerialise(LuaValue value, String why) {
    return new LuaError("Cannot serialise " + value.typename() + ": " + why);
  }
}
