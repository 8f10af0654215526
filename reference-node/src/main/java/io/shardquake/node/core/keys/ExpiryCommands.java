package io.shardquake.node.core.keys;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** When keys expire. */
final class ExpiryCommands implements CommandGroup {
  private static final long NO_EXPIRY = -1;
  private static final long NO_KEY = -2;

  @Override
  public void register(CommandTable table) {
    table.add("expire", context -> expire(context, 1000, context.nowMillis()));
    table.add("pexpire", context -> expire(context, 1, context.nowMillis()));
    table.add("expireat", context -> expire(context, 1000, 0));
    table.add("pexpireat", context -> expire(context, 1, 0));
    table.add("ttl", context -> left(context, 1000));
    table.add("pttl", context -> left(context, 1));
    table.add("expiretime", context -> time(context, 1000));
    table.add("pexpiretime", context -> time(context, 1));
    table.add("persist", ExpiryCommands::persist);
  }

  /** On which condition a time of expiry is set. */
  private static final class Condition {
    private boolean ifNone;
    private boolean ifSome;
    private boolean ifLater;
    private boolean ifSooner;

    static Condition parse(CommandContext context) {
      Condition condition = new Condition();
      for (int i = 3; i < context.count(); i++) {
        if (context.is(i, "NX")) {
          condition.ifNone = true;
        } else if (context.is(i, "XX")) {
          condition.ifSome = true;
        } else if (context.is(i, "GT")) {
          condition.ifLater = true;
        } else if (context.is(i, "LT")) {
          condition.ifSooner = true;
        } else {
          throw new ErrorReply("ERR Unsupported option " + context.quoted(i));
        }
      }
      if (condition.ifNone && (condition.ifSome || condition.ifLater || condition.ifSooner)) {
        throw new ErrorReply("ERR NX and XX, GT or LT options at the same time are not compatible");
      }
      if (condition.ifLater && condition.ifSooner) {
        throw new ErrorReply("ERR GT and LT options at the same time are not compatible");
      }
      return condition;
    }

    /** Whether it lets a new time replace the present one; having none counts as the latest. */
    boolean allows(long present, long next) {
      boolean none = present == NO_EXPIRY;
      return !(ifNone && !none)
          && !(ifSome && none)
          && !(ifLater && (none || next <= present))
          && !(ifSooner && !none && next >= present);
    }
  }

  private static void expire(CommandContext context, long unitMillis, long base) {
    Condition condition = Condition.parse(context);
    long at = pointInTime(context, unitMillis, base);
    byte[] key = context.argument(1);
    if (!context.exists(key) || !condition.allows(context.keyspace().expiry(key), at)) {
      context.reply().integer(0);
      return;
    }
    if (context.deletesExpired() && at <= context.nowMillis()) {
      context.keyspace().remove(key);
      context.propagateInstead("DEL", key);
    } else {
      context.keyspace().expireAt(key, at);
      propagateAsPointInTime(context, at);
    }
    context.reply().integer(1);
  }

  private static long pointInTime(CommandContext context, long unitMillis, long base) {
    long number = context.integer(2);
    boolean fits =
        number <= Long.MAX_VALUE / unitMillis
            && number >= Long.MIN_VALUE / unitMillis
            && number * unitMillis <= Long.MAX_VALUE - base;
    if (!fits) {
      throw ErrorReply.invalidExpireTime(context.spec().name());
    }
    return number * unitMillis + base;
  }

  private static void propagateAsPointInTime(CommandContext context, long at) {
    if (context.spec().name().equals("pexpireat")) {
      return;
    }
    List<byte[]> words = new ArrayList<>(List.of(context.arguments()));
    words.remove(0);
    words.set(1, Long.toString(at).getBytes(StandardCharsets.US_ASCII));
    context.propagateInstead("PEXPIREAT", words.toArray(new byte[0][]));
  }

  private static void left(CommandContext context, long unitMillis) {
    reply(context, unitMillis, context.nowMillis());
  }

  private static void time(CommandContext context, long unitMillis) {
    reply(context, unitMillis, 0);
  }

  private static void reply(CommandContext context, long unitMillis, long base) {
    byte[] key = context.argument(1);
    if (!context.exists(key)) {
      context.reply().integer(NO_KEY);
      return;
    }
    long at = context.keyspace().expiry(key);
    if (at == NO_EXPIRY) {
      context.reply().integer(NO_EXPIRY);
      return;
    }
    long millis = Math.max(0, at - base);
    context.reply().integer(unitMillis == 1 ? millis : (millis + unitMillis / 2) / unitMillis);
  }

  private static void persist(CommandContext context) {
    byte[] key = context.argument(1);
    boolean changed = context.exists(key) && context.keyspace().persist(key);
    context.reply().integer(changed ? 1 : 0);
  }
}
