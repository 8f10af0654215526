package io.shardquake.node.core.introspection;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandFlag;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandSpec;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.HelpText;
import io.shardquake.node.core.keyspace.GlobPattern;
import io.shardquake.node.core.resp.ReplyBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** COMMAND and its subcommands. */
public final class CommandCommands implements CommandGroup {
  private @Nullable CommandDescription description;
  private @Nullable CommandDocs docs;

  @Override
  public void register(CommandTable table) {
    table.add("command", context -> all(context, table));
    table.add("command|count", context -> context.reply().integer(table.all().size()));
    table.add("command|info", context -> info(context, table));
    table.add("command|docs", context -> docs(context, table));
    table.add("command|list", context -> list(context, table));
    table.add("command|getkeys", context -> keys(context, table, false));
    table.add("command|getkeysandflags", context -> keys(context, table, true));
    table.add("command|help", HelpText.named("COMMAND"));
  }

  /** Read when first needed, so that the node starts without. */
  private CommandDescription description() {
    if (description == null) {
      description = new CommandDescription();
    }
    return description;
  }

  private CommandDocs docs() {
    if (docs == null) {
      docs = new CommandDocs();
    }
    return docs;
  }

  private void all(CommandContext context, CommandTable table) {
    context.reply().array(table.all().size());
    table.all().forEach(spec -> description().write(spec, context.reply()));
  }

  private void info(CommandContext context, CommandTable table) {
    if (context.count() == 2) {
      all(context, table);
      return;
    }
    context.reply().array(context.count() - 2);
    for (int i = 2; i < context.count(); i++) {
      CommandSpec spec = table.find(context.text(i));
      if (spec == null) {
        context.reply().nullBulk();
      } else {
        description().write(spec, context.reply());
      }
    }
  }

  private void docs(CommandContext context, CommandTable table) {
    Collection<CommandSpec> wanted = table.all();
    if (context.count() > 2) {
      wanted = new ArrayList<>();
      for (int i = 2; i < context.count(); i++) {
        CommandSpec spec = table.find(context.text(i));
        if (spec != null) {
          wanted.add(spec);
        }
      }
    }
    context.reply().map(wanted.size());
    wanted.forEach(spec -> docs().write(spec, context.reply()));
  }

  private static void list(CommandContext context, CommandTable table) {
    Predicate<CommandSpec> filter = spec -> true;
    if (context.count() == 5 && context.is(2, "FILTERBY")) {
      filter = filter(context);
    } else if (context.count() != 2) {
      throw ErrorReply.syntax();
    }
    List<String> names = new ArrayList<>();
    for (CommandSpec spec : table.all()) {
      if (filter.test(spec)) {
        names.add(spec.name());
      }
      spec.subcommands().stream().filter(filter).forEach(sub -> names.add(sub.name()));
    }
    context.reply().array(names.size());
    names.forEach(context.reply()::bulk);
  }

  private static Predicate<CommandSpec> filter(CommandContext context) {
    if (context.is(3, "MODULE")) {
      return spec -> false;
    }
    if (context.is(3, "ACLCAT")) {
      String category = "@" + context.text(4).toLowerCase(Locale.ROOT);
      return spec -> spec.categories().contains(category);
    }
    if (context.is(3, "PATTERN")) {
      GlobPattern pattern =
          GlobPattern.of(context.text(4).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
      return spec -> pattern.matches(spec.name().getBytes(StandardCharsets.UTF_8));
    }
    throw ErrorReply.syntax();
  }

  private static void keys(CommandContext context, CommandTable table, boolean withFlags) {
    byte[][] request = Arrays.copyOfRange(context.arguments(), 2, context.count());
    CommandSpec spec =
        table.findFor(request).orElseThrow(() -> new ErrorReply("ERR Invalid command specified"));
    if (!spec.hasProperKeys()) {
      throw new ErrorReply("ERR The command has no key arguments");
    }
    if (!spec.accepts(request.length)) {
      throw new ErrorReply("ERR Invalid number of arguments specified for command");
    }
    List<CommandSpec.Key> found = spec.locate(request);
    if (found.isEmpty() && !spec.is(CommandFlag.NO_MANDATORY_KEYS)) {
      throw new ErrorReply("ERR Invalid arguments specified for command");
    }
    ReplyBuffer reply = context.reply();
    reply.array(found.size());
    for (CommandSpec.Key key : found) {
      if (withFlags) {
        reply.array(2);
        reply.bulk(request[key.index()]);
        CommandDescription.words(flags(spec, key, request), reply);
      } else {
        reply.bulk(request[key.index()]);
      }
    }
  }

  /** The flags of a key; of some commands they depend on the options. */
  private static List<String> flags(CommandSpec spec, CommandSpec.Key key, byte[][] request) {
    if (spec.name().equals("set")) {
      return hasOption(request, 3, "GET")
          ? List.of("RW", "access", "update")
          : List.of("OW", "update");
    }
    if (spec.name().equals("bitfield")) {
      return onlyReads(request) ? List.of("RO", "access") : List.of("RW", "access", "update");
    }
    return key.flags().stream().filter(flag -> !flag.isEmpty()).toList();
  }

  /** Whether a BITFIELD has no other operations than GET. */
  private static boolean onlyReads(byte[][] request) {
    int i = 2;
    while (i < request.length) {
      String word = new String(request[i], StandardCharsets.UTF_8);
      int left = request.length - i - 1;
      if (word.equalsIgnoreCase("GET") && left >= 2) {
        i += 3;
      } else if (word.equalsIgnoreCase("OVERFLOW") && left >= 1) {
        i += 2;
      } else {
        return false;
      }
    }
    return true;
  }

  private static boolean hasOption(byte[][] request, int from, String word) {
    return Arrays.stream(request)
        .skip(from)
        .anyMatch(option -> new String(option, StandardCharsets.UTF_8).equalsIgnoreCase(word));
  }
}
