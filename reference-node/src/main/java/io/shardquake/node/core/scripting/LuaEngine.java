package io.shardquake.node.core.scripting;

import io.shardquake.node.core.lua.LuaMachine;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/**
 * A Lua state with the library {@code redis} in it, made when it is first used: most nodes never
 * run a script. Not thread-safe.
 */
final class LuaEngine {
  private final Supplier<RedisLibrary> factory;
  private final Consumer<RedisLibrary> addition;
  private @Nullable Made made;

  private record Made(LuaMachine machine, RedisLibrary library) {}

  /**
   * An engine.
   *
   * @param addition adds to the library what not every engine has
   */
  LuaEngine(Supplier<RedisLibrary> factory, Consumer<RedisLibrary> addition) {
    this.factory = factory;
    this.addition = addition;
  }

  LuaMachine machine() {
    return made().machine();
  }

  RedisLibrary library() {
    return made().library();
  }

  private Made made() {
    if (made == null) {
      RedisLibrary library = factory.get();
      addition.accept(library);
      LuaMachine machine = new LuaMachine();
      machine.globals().rawset(LuaValue.valueOf("redis"), library.table());
      machine.seal();
      made = new Made(machine, library);
    }
    return made;
  }
}
