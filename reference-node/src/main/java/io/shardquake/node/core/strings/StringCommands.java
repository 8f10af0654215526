package io.shardquake.node.core.strings;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.value.StringValue;
import io.shardquake.node.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** SET and GET in all their forms. */
final class StringCommands implements CommandGroup {
  @Override
  public void register(CommandTable table) {
    table.add("set", StringCommands::set);
    table.add("setnx", StringCommands::setnx);
    table.add("setex", context -> setWithExpiry(context, 1000));
    table.add("psetex", context -> setWithExpiry(context, 1));
    table.add("get", StringCommands::get);
    table.add("getset", StringCommands::getset);
    table.add("getdel", StringCommands::getdel);
    table.add("getex", StringCommands::getex);
    table.add("mget", StringCommands::mget);
    table.add("mset", StringCommands::mset);
    table.add("msetnx", StringCommands::msetnx);
    table.add("strlen", StringCommands::strlen);
  }

  private static void get(CommandContext context) {
    byte[] found = context.readString(context.argument(1));
    if (found == null) {
      context.reply().nullBulk();
    } else {
      context.reply().bulk(found);
    }
  }

  private static void strlen(CommandContext context) {
    byte[] found = context.readString(context.argument(1));
    context.reply().integer(found == null ? 0 : found.length);
  }

  private static void set(CommandContext context) {
    StringOptions options = StringOptions.parse(context, 3, true);
    long expireAt = options.expireAt(context);
    byte[] key = context.argument(1);
    if (options.wantsOld()) {
      get(context);
    }
    boolean exists = context.exists(key);
    if (exists ? options.isOnlyIfAbsent() : options.isOnlyIfPresent()) {
      if (!options.wantsOld()) {
        context.reply().nullBulk();
      }
      return;
    }
    store(context, key, context.argument(2), expireAt, options.keepsExpiry());
    if (options.wantsOld()) {
      if (expireAt < 0) {
        propagateWithoutGet(context);
      }
    } else {
      context.reply().ok();
    }
  }

  /** Stores a value; with a time of expiry, propagates that as a point in time. */
  private static void store(
      CommandContext context, byte[] key, byte[] value, long expireAt, boolean keepExpiry) {
    context.keyspace().put(key, new StringValue(value));
    if (expireAt >= 0) {
      context.keyspace().expireAt(key, expireAt);
      context.propagateInstead("SET", key, value, ascii("PXAT"), ascii(Long.toString(expireAt)));
    } else if (!keepExpiry) {
      context.keyspace().persist(key);
    }
  }

  private static void propagateWithoutGet(CommandContext context) {
    List<byte[]> rest = new ArrayList<>();
    for (int i = 1; i < context.count(); i++) {
      if (i < 3 || !context.is(i, "GET")) {
        rest.add(context.argument(i));
      }
    }
    context.propagateInstead(context.text(0), rest.toArray(new byte[0][]));
  }

  private static void setnx(CommandContext context) {
    byte[] key = context.argument(1);
    boolean absent = !context.exists(key);
    if (absent) {
      context.replace(key, new StringValue(context.argument(2)));
    }
    context.reply().integer(absent ? 1 : 0);
  }

  private static void setWithExpiry(CommandContext context, long unitMillis) {
    long expireAt = StringOptions.absolute(context, 2, unitMillis, true);
    context.exists(context.argument(1)); // One that has expired is deleted first.
    store(context, context.argument(1), context.argument(3), expireAt, false);
    context.reply().ok();
  }

  private static void getset(CommandContext context) {
    byte[] key = context.argument(1);
    get(context);
    context.replace(key, new StringValue(context.argument(2)));
    context.propagateInstead("SET", key, context.argument(2));
  }

  private static void getdel(CommandContext context) {
    byte[] key = context.argument(1);
    get(context);
    if (context.keyspace().remove(key)) {
      context.propagateInstead("DEL", key);
    }
  }

  private static void getex(CommandContext context) {
    StringOptions options = StringOptions.parse(context, 2, false);
    byte[] key = context.argument(1);
    if (context.readString(key) == null) {
      context.reply().nullBulk();
      return;
    }
    long expireAt = options.expireAt(context);
    get(context);
    if (options.isExpiryAbsolute() && expireAt <= context.nowMillis()) {
      context.keyspace().remove(key);
      context.propagateInstead("DEL", key);
    } else if (options.hasExpiry()) {
      context.keyspace().expireAt(key, expireAt);
      context.propagateInstead("PEXPIREAT", key, ascii(Long.toString(expireAt)));
    } else if (options.persists() && context.keyspace().persist(key)) {
      context.propagateInstead("PERSIST", key);
    }
  }

  private static void mget(CommandContext context) {
    context.reply().array(context.count() - 1);
    for (int i = 1; i < context.count(); i++) {
      Value value = context.read(context.argument(i));
      if (value instanceof StringValue string) {
        context.reply().bulk(string.bytes());
      } else {
        context.reply().nullBulk();
      }
    }
  }

  private static void mset(CommandContext context) {
    storePairs(context);
    context.reply().ok();
  }

  private static void msetnx(CommandContext context) {
    requirePairs(context);
    for (int i = 1; i < context.count(); i += 2) {
      if (context.exists(context.argument(i))) {
        context.reply().integer(0);
        return;
      }
    }
    storePairs(context);
    context.reply().integer(1);
  }

  private static void requirePairs(CommandContext context) {
    if (context.count() % 2 == 0) {
      throw ErrorReply.wrongNumberOfArguments(context.spec().name());
    }
  }

  private static void storePairs(CommandContext context) {
    requirePairs(context);
    for (int i = 1; i < context.count(); i += 2) {
      context.exists(context.argument(i));
      context.replace(context.argument(i), new StringValue(context.argument(i + 1)));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
