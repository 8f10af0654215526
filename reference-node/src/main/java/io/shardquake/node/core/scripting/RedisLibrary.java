package io.shardquake.node.core.scripting;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.ScriptedCommands;
import io.shardquake.node.core.lua.Bytes;
import io.shardquake.node.core.lua.NativeFunction;
import io.shardquake.node.core.lua.ReadOnlyTable;
import io.shardquake.node.core.propagation.Propagation;
import io.shardquake.node.core.resp.RealNumber;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The library {@code redis} (Redis documentation, "Redis Lua API reference"). Not thread-safe. */
final class RedisLibrary {
  private static final int VERSION_NUMBER = 0x0007000f;
  private static final int MOST_REPLICATION_FLAGS = 3;
  private static final List<Effect.Level> LEVELS =
      List.of(Effect.Level.DEBUG, Effect.Level.VERBOSE, Effect.Level.NOTICE, Effect.Level.WARNING);

  private final ReadOnlyTable table = new ReadOnlyTable();
  private final Supplier<ScriptedCommands> commands;
  private final Propagation propagation;
  private final Outbox outbox;
  private final CommandRights commandRights;
  private @Nullable ScriptRun current;

  RedisLibrary(
      Supplier<ScriptedCommands> commands,
      Propagation propagation,
      Outbox outbox,
      CommandRights commandRights) {
    this.commands = commands;
    this.propagation = propagation;
    this.outbox = outbox;
    this.commandRights = commandRights;
    table.define("call", arguments -> call(arguments, true));
    table.define("pcall", arguments -> call(arguments, false));
    table.define("log", this::log);
    table.define("setresp", this::chooseProtocol);
    table.define("error_reply", RedisLibrary::errorReply);
    table.define("status_reply", RedisLibrary::statusReply);
    table.define("set_repl", this::chooseReplication);
    table.define("acl_check_cmd", this::mayRun);
    table.define("sha1hex", RedisLibrary::digest);
    int level = 0;
    for (String name : new String[] {"DEBUG", "VERBOSE", "NOTICE", "WARNING"}) {
      constant("LOG_" + name, level++);
    }
    constant("REPL_NONE", 0);
    constant("REPL_AOF", 1);
    constant("REPL_SLAVE", 2);
    constant("REPL_REPLICA", 2);
    constant("REPL_ALL", MOST_REPLICATION_FLAGS);
    constant("REDIS_VERSION_NUM", VERSION_NUMBER);
    table.rawset(LuaValue.valueOf("REDIS_VERSION"), LuaValue.valueOf("7.0.15"));
  }

  private void constant(String name, int value) {
    table.rawset(LuaValue.valueOf(name), LuaValue.valueOf(value));
  }

  /** Adds what only scripts of EVAL have. */
  void addForScripts() {
    table.define("replicate_commands", arguments -> LuaValue.TRUE);
    table.define("breakpoint", arguments -> LuaValue.FALSE);
    table.define("debug", arguments -> LuaValue.NONE);
  }

  ReadOnlyTable table() {
    return table;
  }

  /** From now on, calls come from a run; null if from none. */
  void serve(@Nullable ScriptRun run) {
    this.current = run;
  }

  private ScriptRun run(String function) {
    if (current == null) {
      throw error(function + " can only be called inside a script invocation");
    }
    return current;
  }

  /**
   * An error with a code.
   *
   * @param text begins with a minus if it has a code of its own
   */
  static LuaTable errorTable(String text) {
    String message = "ERR " + text;
    if (text.startsWith("-")) {
      String stripped = text.substring(1).strip();
      message = stripped.indexOf(' ') < 0 ? "ERR " + stripped : stripped;
    }
    LuaTable table = new LuaTable();
    table.rawset(
        LuaValue.valueOf("err"), LuaString.valueOf(message.getBytes(StandardCharsets.ISO_8859_1)));
    return table;
  }

  static LuaError error(String text) {
    return new LuaError(errorTable(text));
  }

  private Varargs call(NativeFunction.Arguments arguments, boolean raises) {
    ScriptRun run = run("redis.call/pcall");
    LuaValue result;
    try {
      result = ReplyReader.read(run(run, arguments));
    } catch (ErrorReply refused) {
      LuaTable refusal = errorTable(refused.getMessage());
      refusal.rawset(LuaValue.valueOf("ignore_error_stats_update"), LuaValue.TRUE);
      result = refusal;
    }
    boolean failed = result.istable() && !result.rawget(LuaValue.valueOf("err")).isnil();
    if (failed && raises) {
      result.rawset(LuaValue.valueOf("ignore_error_stats_update"), LuaValue.TRUE);
      throw new LuaError(result);
    }
    return result;
  }

  private byte[] run(ScriptRun run, NativeFunction.Arguments arguments) {
    return commands
        .get()
        .run(
            run.client(),
            request(arguments),
            run.rights(),
            run.progress(),
            run.speaksResp3(),
            run.nowMicros());
  }

  private static byte[][] request(NativeFunction.Arguments arguments) {
    if (arguments.count() == 0) {
      throw new ErrorReply("Please specify at least one argument for this redis lib call");
    }
    byte[][] request = new byte[arguments.count()][];
    for (int i = 0; i < request.length; i++) {
      LuaValue word = arguments.value(i + 1);
      request[i] =
          switch (word.type()) {
            case LuaValue.TSTRING -> Bytes.of(word);
            case LuaValue.TNUMBER ->
                RealNumber.format(word.todouble()).getBytes(StandardCharsets.US_ASCII);
            default ->
                throw new ErrorReply("Lua redis lib command arguments must be strings or integers");
          };
    }
    return request;
  }

  private Varargs log(NativeFunction.Arguments arguments) {
    if (arguments.count() < 2) {
      throw error("redis.log() requires two arguments or more.");
    }
    if (arguments.value(1).type() != LuaValue.TNUMBER) {
      throw error("First argument must be a number (log level).");
    }
    int level = (int) arguments.number(1);
    if (level < 0 || level >= LEVELS.size()) {
      throw error("Invalid debug level.");
    }
    StringBuilder line = new StringBuilder();
    for (int i = 2; i <= arguments.count(); i++) {
      line.append(line.isEmpty() ? "" : " ").append(arguments.value(i).tojstring());
    }
    outbox.log(LEVELS.get(level), line.toString());
    return LuaValue.NONE;
  }

  private Varargs chooseProtocol(NativeFunction.Arguments arguments) {
    ScriptRun run = run("redis.setresp");
    if (arguments.count() != 1) {
      throw error("redis.setresp() requires one argument.");
    }
    double version = arguments.value(1).todouble();
    if (version != 2 && version != 3) {
      throw error("RESP version must be 2 or 3.");
    }
    run.speakResp3(version == 3);
    return LuaValue.NONE;
  }

  private static Varargs errorReply(NativeFunction.Arguments arguments) {
    if (arguments.count() != 1 || arguments.value(1).type() != LuaValue.TSTRING) {
      return errorTable("wrong number or type of arguments");
    }
    String text = new String(Bytes.of(arguments.value(1)), StandardCharsets.ISO_8859_1);
    return errorTable(text.startsWith("-") ? text : "-" + text);
  }

  private static Varargs statusReply(NativeFunction.Arguments arguments) {
    if (arguments.count() != 1 || arguments.value(1).type() != LuaValue.TSTRING) {
      return errorTable("wrong number or type of arguments");
    }
    LuaTable status = new LuaTable();
    status.rawset(LuaValue.valueOf("ok"), arguments.value(1));
    return status;
  }

  private Varargs chooseReplication(NativeFunction.Arguments arguments) {
    run("redis.set_repl");
    if (arguments.count() != 1) {
      throw error("redis.set_repl() requires two arguments.");
    }
    int flags = (int) arguments.number(1);
    if (flags < 0 || flags > MOST_REPLICATION_FLAGS) {
      throw error("Invalid replication flags. Use REPL_AOF, REPL_REPLICA, REPL_ALL or REPL_NONE.");
    }
    propagation.direct(
        switch (flags) {
          case 0 -> Propagation.Target.NOBODY;
          case 1 -> Propagation.Target.LOG;
          case 2 -> Propagation.Target.REPLICAS;
          default -> Propagation.Target.ALL;
        });
    return LuaValue.NONE;
  }

  private Varargs mayRun(NativeFunction.Arguments arguments) {
    ScriptRun run = run("redis.acl_check_cmd");
    if (arguments.count() == 0) {
      throw error("Please specify at least one argument for this redis lib call");
    }
    byte[][] request;
    try {
      request = request(arguments);
    } catch (ErrorReply wrong) {
      throw error("redis.acl_check_cmd() command arguments must be strings or integers");
    }
    return LuaValue.valueOf(
        commandRights
            .mayRun(run.client(), request)
            .orElseThrow(() -> error("Invalid command passed to redis.acl_check_cmd()")));
  }

  private static Varargs digest(NativeFunction.Arguments arguments) {
    if (arguments.count() != 1) {
      throw error("wrong number of arguments");
    }
    LuaValue value = arguments.value(1);
    boolean isText = value.type() == LuaValue.TSTRING || value.type() == LuaValue.TNUMBER;
    return LuaValue.valueOf(Sha1.hex(isText ? Bytes.of(arguments.string(1)) : new byte[0]));
  }
}
