package io.shardquake.node.core.scripting;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.ScriptedCommands;
import io.shardquake.node.core.lua.Bytes;
import io.shardquake.node.core.lua.LuaMachine;
import io.shardquake.node.core.propagation.Propagation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Runs scripts and functions and replies with what they return. Not thread-safe. */
final class ScriptRunner {
  private static final String KILLED =
      "ERR Error running script: it was ended because it took more than "
          + LuaMachine.MOST_INSTRUCTIONS
          + " instructions";

  private final Supplier<ScriptedCommands> commands;
  private final Propagation propagation;
  private final boolean clusterEnabled;

  /** What a request gives to a script. */
  record Given(List<byte[]> keys, List<byte[]> arguments) {
    /**
     * Reads it from a request of the form {@code NAME script numkeys key... argument...}.
     *
     * @param notANumber the error if the number of keys is none
     */
    static Given of(CommandContext context, String notANumber) {
      long count = context.integer(2, Long.MIN_VALUE, Long.MAX_VALUE, notANumber);
      if (count > context.count() - 3) {
        throw new ErrorReply("ERR Number of keys can't be greater than number of args");
      }
      if (count < 0) {
        throw new ErrorReply("ERR Number of keys can't be negative");
      }
      List<byte[]> all = Arrays.asList(context.arguments()).subList(3, context.count());
      return new Given(all.subList(0, (int) count), all.subList((int) count, all.size()));
    }

    static LuaTable table(List<byte[]> words) {
      LuaTable table = new LuaTable(words.size(), 0);
      for (int i = 0; i < words.size(); i++) {
        table.rawset(i + 1, LuaString.valueOf(words.get(i)));
      }
      return table;
    }
  }

  ScriptRunner(
      Supplier<ScriptedCommands> commands, Propagation propagation, boolean clusterEnabled) {
    this.commands = commands;
    this.propagation = propagation;
    this.clusterEnabled = clusterEnabled;
  }

  /** Calls a script and replies. */
  void run(
      CommandContext context,
      LuaEngine engine,
      Script script,
      Given given,
      Varargs arguments,
      boolean readOnlyCommand) {
    check(script, readOnlyCommand);
    // What the script runs goes to replicas, whatever flags it lends to its command.
    context.propagateNothing();
    boolean readOnly =
        readOnlyCommand || (!script.compatible() && script.has(ScriptFlag.NO_WRITES));
    boolean crossesSlots = script.compatible() || script.has(ScriptFlag.ALLOW_CROSS_SLOT_KEYS);
    ScriptRun run =
        new ScriptRun(
            context.client(),
            script,
            new ScriptedCommands.Rights(readOnly, crossesSlots),
            new ScriptedCommands.Progress(commands.get().slotOf(given.keys())),
            context.nowMicros());
    int database = context.client().database();
    engine.library().serve(run);
    LuaMachine.Outcome outcome;
    try {
      outcome = engine.machine().call(script.function(), arguments);
    } finally {
      engine.library().serve(null);
      propagation.direct(Propagation.Target.ALL);
      context.client().select(database);
    }
    if (outcome.failed()) {
      throw new ErrorReply(errorText(outcome, script));
    }
    new ReplyWriter(context.reply(), run.speaksResp3()).write(outcome.results().arg1());
  }

  private void check(Script script, boolean readOnlyCommand) {
    if (script.compatible()) {
      return;
    }
    if (script.has(ScriptFlag.NO_CLUSTER) && clusterEnabled) {
      throw new ErrorReply("ERR Can not run script on cluster, 'no-cluster' flag is set.");
    }
    if (readOnlyCommand && !script.has(ScriptFlag.NO_WRITES)) {
      throw new ErrorReply("ERR Can not execute a script with write flag using *_ro command.");
    }
  }

  private static String errorText(LuaMachine.Outcome outcome, Script script) {
    LuaValue error = outcome.error();
    LuaValue field = error.istable() ? error.rawget(LuaValue.valueOf("err")) : LuaValue.NIL;
    String text;
    if (outcome.outOfTime()) {
      text = KILLED;
    } else if (error.istable()) {
      text = field.isstring() ? ReplyWriter.untilNul(latin(field)) : "ERR unknown error";
    } else {
      text = "ERR " + ReplyWriter.untilNul(latin(error));
    }
    LuaMachine.Origin origin = outcome.origin();
    return origin.source().isEmpty()
        ? text
        : text
            + " script: "
            + script.name()
            + ", on "
            + origin.source()
            + ":"
            + origin.line()
            + ".";
  }

  private static String latin(LuaValue value) {
    return new String(
        Bytes.of(value.isstring() ? value : value.tostring()), StandardCharsets.ISO_8859_1);
  }
}
