package io.shardquake.node.core.keys;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.keyspace.Keyspace;
import io.shardquake.node.core.value.Value;
import java.util.Arrays;

/** Commands between databases, of which a cluster has only one: COPY, MOVE, SWAPDB. */
final class CopyCommands implements CommandGroup {
  private final Configuration configuration;
  private final Databases databases;

  CopyCommands(Configuration configuration, Databases databases) {
    this.configuration = configuration;
    this.databases = databases;
  }

  @Override
  public void register(CommandTable table) {
    table.add("copy", this::copy);
    table.add("move", this::move);
    table.add("swapdb", this::swapdb);
  }

  private boolean isCluster() {
    return configuration.yes("cluster-enabled");
  }

  private void copy(CommandContext context) {
    int database = context.client().database();
    boolean replace = false;
    for (int i = 3; i < context.count(); i++) {
      if (context.is(i, "REPLACE")) {
        replace = true;
      } else if (context.is(i, "DB") && i + 1 < context.count()) {
        database = database(context, ++i);
      } else {
        throw ErrorReply.syntax();
      }
    }
    if (isCluster() && database != 0) {
      throw new ErrorReply("ERR Copying to another database is not allowed in cluster mode");
    }
    byte[] from = context.argument(1);
    byte[] to = context.argument(2);
    Keyspace target = databases.get(database);
    if (target == context.keyspace() && Arrays.equals(from, to)) {
      throw sameObject();
    }
    Value value = context.read(from);
    if (value == null || (!replace && exists(context, target, to))) {
      context.reply().integer(0);
      return;
    }
    target.remove(to);
    place(target, to, value.copy(), context.keyspace().expiry(from));
    context.reply().integer(1);
  }

  private int database(CommandContext context, int index) {
    long database = Numbers.int32(context, index);
    if (database < 0 || database >= configuration.number("databases")) {
      throw new ErrorReply("ERR DB index is out of range");
    }
    return (int) database;
  }

  private static ErrorReply sameObject() {
    return new ErrorReply("ERR source and destination objects are the same");
  }

  private static boolean exists(CommandContext context, Keyspace target, byte[] key) {
    return target == context.keyspace()
        ? context.exists(key)
        : target.get(key) != null && !target.isExpired(key, context.nowMillis());
  }

  private static void place(Keyspace target, byte[] key, Value value, long expiry) {
    target.put(key, value);
    if (expiry >= 0) {
      target.expireAt(key, expiry);
    }
  }

  private void move(CommandContext context) {
    if (isCluster()) {
      throw new ErrorReply("ERR MOVE is not allowed in cluster mode");
    }
    Keyspace target = databases.get(database(context, 2));
    if (target == context.keyspace()) {
      throw sameObject();
    }
    byte[] key = context.argument(1);
    Value value = context.read(key);
    if (value == null || exists(context, target, key)) {
      context.reply().integer(0);
      return;
    }
    target.remove(key);
    place(target, key, value, context.keyspace().expiry(key));
    context.keyspace().remove(key);
    context.reply().integer(1);
  }

  private void swapdb(CommandContext context) {
    if (isCluster()) {
      throw new ErrorReply("ERR SWAPDB is not allowed in cluster mode");
    }
    long first = Numbers.int32(context, 1, "ERR invalid first DB index");
    long second = Numbers.int32(context, 2, "ERR invalid second DB index");
    if (Math.min(first, second) < 0 || Math.max(first, second) >= databases.count()) {
      throw new ErrorReply("ERR DB index is out of range");
    }
    context.keyspace().countChange();
    databases.get((int) first).exchange(databases.get((int) second));
    context.reply().ok();
  }
}
