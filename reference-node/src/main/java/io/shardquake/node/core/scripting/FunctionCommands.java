package io.shardquake.node.core.scripting;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandSpec;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.HelpText;
import io.shardquake.node.core.command.ScriptedCommands;
import io.shardquake.node.core.keyspace.GlobPattern;
import io.shardquake.node.core.rdb.CorruptRdb;
import io.shardquake.node.core.rdb.DumpPayload;
import io.shardquake.node.core.resp.ReplyBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import org.luaj.vm2.LuaValue;

/** FUNCTION, FCALL and FCALL_RO. Not thread-safe. */
final class FunctionCommands implements CommandGroup {
  private final Libraries libraries;
  private final LuaEngine engine;
  private final ScriptRunner runner;

  FunctionCommands(Libraries libraries, LuaEngine engine, ScriptRunner runner) {
    this.libraries = libraries;
    this.engine = engine;
    this.runner = runner;
  }

  @Override
  public void register(CommandTable table) {
    table.add("fcall", context -> call(context, false));
    table.add("fcall_ro", context -> call(context, true));
    table.add("function|load", this::load);
    table.add("function|delete", this::delete);
    table.add("function|flush", this::flush);
    table.add("function|list", this::list);
    table.add("function|dump", this::dump);
    table.add("function|restore", this::restore);
    table.add("function|stats", this::statistics);
    table.add(
        "function|kill",
        context -> {
          throw EvalCommands.notBusy();
        });
    table.add("function|help", context -> HelpText.named("FUNCTION").execute(context));
  }

  /** The command with the flags of the function that it is asked to run. */
  CommandSpec variant(CommandSpec spec, byte[][] request, ScriptedCommands commands) {
    return request.length < 2
        ? spec
        : libraries
            .function(new String(request[1], StandardCharsets.UTF_8))
            .map(script -> EvalCommands.variant(spec, script, commands))
            .orElse(spec);
  }

  private void call(CommandContext context, boolean readOnly) {
    Script script =
        libraries
            .function(context.text(1))
            .orElseThrow(() -> new ErrorReply("ERR Function not found"));
    ScriptRunner.Given given = ScriptRunner.Given.of(context, "ERR Bad number of keys provided");
    runner.run(
        context,
        engine,
        script,
        given,
        LuaValue.varargsOf(
            ScriptRunner.Given.table(given.keys()), ScriptRunner.Given.table(given.arguments())),
        readOnly);
  }

  private void load(CommandContext context) {
    boolean replace = false;
    for (int i = 2; i < context.count() - 1; i++) {
      if (!context.is(i, "REPLACE")) {
        throw new ErrorReply("ERR Unknown option given: " + context.quoted(i));
      }
      replace = true;
    }
    Libraries.Library read = libraries.read(context.argument(context.count() - 1));
    libraries.add(read, replace);
    context.keyspace().countChange();
    context.reply().bulk(read.name());
  }

  private void delete(CommandContext context) {
    if (!libraries.remove(context.text(2))) {
      throw new ErrorReply("ERR Library not found");
    }
    context.keyspace().countChange();
    context.reply().ok();
  }

  private void flush(CommandContext context) {
    if (context.count() > 3) {
      throw ErrorReply.unmatched(context.quoted(1), "FUNCTION");
    }
    if (context.count() == 3 && !context.is(2, "SYNC") && !context.is(2, "ASYNC")) {
      throw new ErrorReply("ERR FUNCTION FLUSH only supports SYNC|ASYNC option");
    }
    libraries.clear();
    context.keyspace().countChange();
    context.reply().ok();
  }

  private void list(CommandContext context) {
    boolean withCode = false;
    byte[] pattern = null;
    for (int i = 2; i < context.count(); i++) {
      if (!withCode && context.is(i, "WITHCODE")) {
        withCode = true;
      } else if (pattern == null && context.is(i, "LIBRARYNAME")) {
        if (i + 1 == context.count()) {
          throw new ErrorReply("ERR library name argument was not given");
        }
        pattern = context.argument(++i);
      } else {
        throw new ErrorReply("ERR Unknown argument " + context.quoted(i));
      }
    }
    GlobPattern wanted = pattern == null ? null : GlobPattern.of(pattern);
    List<Libraries.Library> listed =
        libraries.all().stream()
            .filter(
                each ->
                    wanted == null
                        || wanted.matches(each.name().getBytes(StandardCharsets.ISO_8859_1)))
            .toList();
    context.reply().array(listed.size());
    for (Libraries.Library each : listed) {
      describe(each, withCode, context.reply());
    }
  }

  private static void describe(Libraries.Library library, boolean withCode, ReplyBuffer reply) {
    reply.map(withCode ? 4 : 3);
    reply.bulk("library_name");
    reply.bulk(library.name());
    reply.bulk("engine");
    reply.bulk("LUA");
    reply.bulk("functions");
    Collection<Libraries.Function> functions = library.functions().values();
    reply.array(functions.size());
    for (Libraries.Function function : functions) {
      reply.map(3);
      reply.bulk("name");
      reply.bulk(function.script().name());
      reply.bulk("description");
      function.description().ifPresentOrElse(reply::bulk, reply::nullBulk);
      reply.bulk("flags");
      reply.set(function.script().flags().size());
      function.script().flags().forEach(flag -> reply.simple(flag.word()));
    }
    if (withCode) {
      reply.bulk("library_code");
      reply.bulk(library.code());
    }
  }

  private void dump(CommandContext context) {
    context.reply().bulk(DumpPayload.ofFunctions(libraries.codes()));
  }

  private void restore(CommandContext context) {
    if (context.count() > 4) {
      throw ErrorReply.unmatched(context.quoted(1), "FUNCTION");
    }
    boolean replace = context.count() == 4 && context.is(3, "REPLACE");
    boolean flush = context.count() == 4 && context.is(3, "FLUSH");
    if (context.count() == 4 && !replace && !flush && !context.is(3, "APPEND")) {
      throw new ErrorReply(
          "ERR Wrong restore policy given, value should be either FLUSH, APPEND or REPLACE.");
    }
    if (!DumpPayload.isIntact(context.argument(2))) {
      throw new ErrorReply("ERR DUMP payload version or checksum are wrong");
    }
    List<Libraries.Library> former = libraries.snapshot();
    try {
      if (flush) {
        libraries.clear();
      }
      for (byte[] code : DumpPayload.functions(context.argument(2))) {
        libraries.add(libraries.read(code), replace);
      }
    } catch (CorruptRdb | ErrorReply wrong) {
      libraries.clear();
      former.forEach(each -> libraries.add(each, false));
      String text = String.valueOf(wrong.getMessage());
      throw new ErrorReply(text.startsWith("ERR ") ? text : "ERR " + text);
    }
    context.keyspace().countChange();
    context.reply().ok();
  }

  private void statistics(CommandContext context) {
    ReplyBuffer reply = context.reply();
    reply.map(2);
    reply.bulk("running_script");
    reply.nullBulk();
    reply.bulk("engines");
    reply.map(1);
    reply.bulk("LUA");
    reply.map(2);
    reply.bulk("libraries_count");
    reply.integer(libraries.all().size());
    reply.bulk("functions_count");
    reply.integer(libraries.functionCount());
  }
}
