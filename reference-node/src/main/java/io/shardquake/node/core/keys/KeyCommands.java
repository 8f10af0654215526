package io.shardquake.node.core.keys;

import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.keyspace.GlobPattern;
import io.shardquake.node.core.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Commands on whole keys of one database. */
final class KeyCommands implements CommandGroup {
  private final Randomness random;

  KeyCommands(Randomness random) {
    this.random = random;
  }

  @Override
  public void register(CommandTable table) {
    table.add("del", KeyCommands::delete);
    table.add("unlink", KeyCommands::delete);
    table.add("exists", KeyCommands::count);
    table.add("touch", KeyCommands::touch);
    table.add("type", KeyCommands::type);
    table.add("rename", KeyCommands::rename);
    table.add("renamenx", KeyCommands::renamenx);
    table.add("keys", KeyCommands::keys);
    table.add("randomkey", this::randomKey);
    table.add("dbsize", context -> context.reply().integer(context.keyspace().size()));
  }

  private static void delete(CommandContext context) {
    int deleted = 0;
    for (int i = 1; i < context.count(); i++) {
      byte[] key = context.argument(i);
      if (context.exists(key) && context.keyspace().remove(key)) {
        deleted++;
      }
    }
    context.reply().integer(deleted);
  }

  private static void count(CommandContext context) {
    int count = 0;
    for (int i = 1; i < context.count(); i++) {
      if (context.exists(context.argument(i))) {
        count++;
      }
    }
    context.reply().integer(count);
  }

  private static void touch(CommandContext context) {
    int touched = 0;
    for (int i = 1; i < context.count(); i++) {
      if (context.read(context.argument(i)) != null) {
        touched++;
      }
    }
    context.reply().integer(touched);
  }

  private static void type(CommandContext context) {
    Value value = context.peek(context.argument(1));
    context.reply().simple(value == null ? "none" : value.type());
  }

  private static void rename(CommandContext context) {
    rename(context, false);
    context.reply().ok();
  }

  private static void renamenx(CommandContext context) {
    context.reply().integer(rename(context, true) ? 1 : 0);
  }

  private static boolean rename(CommandContext context, boolean onlyIfAbsent) {
    byte[] from = context.argument(1);
    byte[] to = context.argument(2);
    Value value = context.read(from);
    if (value == null) {
      throw ErrorReply.noSuchKey();
    }
    if (Arrays.equals(from, to) || (onlyIfAbsent && context.exists(to))) {
      return false;
    }
    long expiry = context.keyspace().expiry(from);
    context.exists(to);
    context.keyspace().remove(from);
    context.replace(to, value);
    if (expiry >= 0) {
      context.keyspace().expireAt(to, expiry);
    }
    return true;
  }

  private static void keys(CommandContext context) {
    GlobPattern pattern = GlobPattern.of(context.argument(1));
    List<byte[]> found = new ArrayList<>();
    context
        .keyspace()
        .forEach(
            (key, value) -> {
              if (pattern.isEverything() || pattern.matches(key)) {
                found.add(key);
              }
            });
    found.removeIf(key -> context.keyspace().isExpired(key, context.nowMillis()));
    context.reply().bulks(found);
  }

  private void randomKey(CommandContext context) {
    byte[] key = context.keyspace().randomKey(random);
    // Where expired keys are hidden but kept, the draws have to end.
    for (int draws = 0; key != null && !context.exists(key) && draws < 100; draws++) {
      key = context.keyspace().randomKey(random);
    }
    if (key == null) {
      context.reply().nullBulk();
    } else {
      context.reply().bulk(key);
    }
  }
}
