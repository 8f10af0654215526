package io.shardquake.node.core.scripting;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandSpec;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.HelpText;
import io.shardquake.node.core.command.ScriptedCommands;
import io.shardquake.node.core.lua.LuaMachine;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;

/** EVAL, EVALSHA, their read-only forms, and SCRIPT. Not thread-safe. */
final class EvalCommands implements CommandGroup {
  private static final int SHA_LENGTH = 40;
  private static final String CODE_NAME = "@user_script";

  private final LuaEngine engine;
  private final ScriptRunner runner;
  private final Map<String, Script> scripts = new HashMap<>();

  EvalCommands(LuaEngine engine, ScriptRunner runner) {
    this.engine = engine;
    this.runner = runner;
  }

  @Override
  public void register(CommandTable table) {
    table.add("eval", context -> eval(context, false));
    table.add("eval_ro", context -> eval(context, true));
    table.add("evalsha", context -> evalSha(context, false));
    table.add("evalsha_ro", context -> evalSha(context, true));
    table.add("script|load", this::load);
    table.add("script|exists", this::exists);
    table.add("script|flush", this::flush);
    table.add(
        "script|kill",
        context -> {
          throw notBusy();
        });
    table.add("script|debug", EvalCommands::debug);
    table.add("script|help", context -> HelpText.named("SCRIPT").execute(context));
  }

  /** Scripts that can be run by their digest. */
  int count() {
    return scripts.size();
  }

  static ErrorReply notBusy() {
    return new ErrorReply("NOTBUSY No scripts in execution right now.");
  }

  /** The command with the flags that the script declares which it is asked to run. */
  CommandSpec variant(CommandSpec spec, byte[][] request, ScriptedCommands commands) {
    if (request.length < 2) {
      return spec;
    }
    Script.Declaration declared;
    try {
      if (spec.name().startsWith("evalsha")) {
        Script script = scripts.get(digest(request[1]));
        if (script == null || script.compatible()) {
          return spec;
        }
        return variant(spec, script, commands);
      }
      declared = Script.Declaration.of(request[1]);
    } catch (ErrorReply wrong) {
      return spec;
    }
    return declared.isThere()
        ? variant(spec, new Script("", LuaValue.NIL, declared.flags(), false), commands)
        : spec;
  }

  static CommandSpec variant(CommandSpec spec, Script script, ScriptedCommands commands) {
    boolean noWrites = script.has(ScriptFlag.NO_WRITES);
    return commands.variant(
        spec,
        !noWrites,
        !noWrites && !script.has(ScriptFlag.ALLOW_OOM),
        script.has(ScriptFlag.ALLOW_STALE));
  }

  private static String digest(byte[] word) {
    return new String(word, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
  }

  private void eval(CommandContext context, boolean readOnly) {
    ScriptRunner.Given given = given(context);
    byte[] code = context.argument(1);
    String sha = Sha1.hex(code);
    Script script = scripts.get(sha);
    if (script == null) {
      script = compile(sha, code);
    }
    run(context, script, given, readOnly);
  }

  private static ScriptRunner.Given given(CommandContext context) {
    return ScriptRunner.Given.of(context, ErrorReply.notAnInteger().getMessage());
  }

  private void evalSha(CommandContext context, boolean readOnly) {
    @Nullable Script script =
        context.argument(1).length == SHA_LENGTH ? scripts.get(digest(context.argument(1))) : null;
    if (context.argument(1).length != SHA_LENGTH) {
      throw noScript();
    }
    ScriptRunner.Given given = given(context);
    run(context, Optional.ofNullable(script).orElseThrow(EvalCommands::noScript), given, readOnly);
  }

  private static ErrorReply noScript() {
    return new ErrorReply("NOSCRIPT No matching script. Please use EVAL.");
  }

  private void run(
      CommandContext context, Script script, ScriptRunner.Given given, boolean readOnly) {
    LuaMachine machine = engine.machine();
    machine.set("KEYS", ScriptRunner.Given.table(given.keys()));
    machine.set("ARGV", ScriptRunner.Given.table(given.arguments()));
    runner.run(context, engine, script, given, LuaValue.NONE, readOnly);
  }

  private Script compile(String sha, byte[] code) {
    Script.Declaration declared = Script.Declaration.of(code);
    byte[] body = Arrays.copyOfRange(code, declared.length(), code.length);
    try {
      Script script =
          new Script(
              sha,
              engine.machine().compile(body, CODE_NAME),
              declared.flags(),
              !declared.isThere());
      scripts.put(sha, script);
      return script;
    } catch (LuaError error) {
      throw new ErrorReply("ERR Error compiling script (new function): " + error.getMessage());
    }
  }

  private void load(CommandContext context) {
    String sha = Sha1.hex(context.argument(2));
    if (!scripts.containsKey(sha)) {
      compile(sha, context.argument(2));
    }
    context.reply().bulk(sha);
  }

  private void exists(CommandContext context) {
    context.reply().array(context.count() - 2);
    for (int i = 2; i < context.count(); i++) {
      context.reply().integer(scripts.containsKey(digest(context.argument(i))) ? 1 : 0);
    }
  }

  private void flush(CommandContext context) {
    boolean known =
        context.count() == 2
            || (context.count() == 3 && (context.is(2, "SYNC") || context.is(2, "ASYNC")));
    if (!known) {
      throw new ErrorReply("ERR SCRIPT FLUSH only support SYNC|ASYNC option");
    }
    scripts.clear();
    context.reply().ok();
  }

  private static void debug(CommandContext context) {
    if (!context.is(2, "NO") && !context.is(2, "YES") && !context.is(2, "SYNC")) {
      throw new ErrorReply("ERR Use SCRIPT DEBUG YES/SYNC/NO");
    }
    if (!context.is(2, "NO")) {
      throw new ErrorReply("ERR this node has no debugger for scripts");
    }
    context.reply().ok();
  }
}
