package io.shardquake.node.core.hash;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.ScanRequest;
import io.shardquake.node.core.resp.ReplyBuffer;
import io.shardquake.node.core.value.EncodingLimits;
import io.shardquake.node.core.value.HashValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** HSET, HGET and what else reads and writes fields; numbers and chance are beside it. */
public final class HashCommands implements CommandGroup {
  private final Supplier<EncodingLimits> limits;

  public HashCommands(Supplier<EncodingLimits> limits) {
    this.limits = limits;
  }

  @Override
  public void register(CommandTable table) {
    table.add("hset", context -> context.reply().integer(setAll(context)));
    table.add(
        "hmset",
        context -> {
          setAll(context);
          context.reply().ok();
        });
    table.add("hsetnx", this::setIfAbsent);
    table.add("hget", HashCommands::get);
    table.add("hmget", HashCommands::getSeveral);
    table.add("hgetall", HashCommands::getAll);
    table.add("hkeys", context -> listParts(context, true));
    table.add("hvals", context -> listParts(context, false));
    table.add("hdel", HashCommands::delete);
    table.add("hlen", HashCommands::length);
    table.add("hstrlen", HashCommands::valueLength);
    table.add("hexists", HashCommands::exists);
    table.add("hscan", HashCommands::scan);
  }

  /** The hash of a key to be changed, created if there is none. */
  static HashValue writeOrCreate(CommandContext context, byte[] key) {
    HashValue hash = context.write(key, HashValue.class);
    return hash == null ? new HashValue() : hash;
  }

  private int setAll(CommandContext context) {
    if (context.count() % 2 == 1) {
      throw ErrorReply.wrongNumberOfArguments(context.spec().name());
    }
    byte[] key = context.argument(1);
    HashValue hash = writeOrCreate(context, key);
    int created = 0;
    for (int i = 2; i < context.count(); i += 2) {
      if (hash.put(context.argument(i), context.argument(i + 1), limits.get())) {
        created++;
      }
    }
    context.store(key, hash);
    return created;
  }

  private void setIfAbsent(CommandContext context) {
    byte[] key = context.argument(1);
    HashValue hash = writeOrCreate(context, key);
    if (hash.contains(context.argument(2))) {
      context.reply().integer(0);
      return;
    }
    hash.put(context.argument(2), context.argument(3), limits.get());
    context.store(key, hash);
    context.reply().integer(1);
  }

  private static @Nullable HashValue read(CommandContext context) {
    return context.read(context.argument(1), HashValue.class);
  }

  private static void get(CommandContext context) {
    reply(context, read(context), context.argument(2));
  }

  private static void getSeveral(CommandContext context) {
    HashValue hash = read(context);
    context.reply().array(context.count() - 2);
    for (int i = 2; i < context.count(); i++) {
      reply(context, hash, context.argument(i));
    }
  }

  private static void reply(CommandContext context, @Nullable HashValue hash, byte[] field) {
    byte[] value = hash == null ? null : hash.get(field);
    if (value == null) {
      context.reply().nullBulk();
    } else {
      context.reply().bulk(value);
    }
  }

  private static void getAll(CommandContext context) {
    HashValue hash = read(context);
    ReplyBuffer reply = context.reply();
    reply.map(hash == null ? 0 : hash.size());
    if (hash != null) {
      hash.forEach(
          (field, value) -> {
            reply.bulk(field);
            reply.bulk(value);
          });
    }
  }

  private static void listParts(CommandContext context, boolean fields) {
    HashValue hash = read(context);
    ReplyBuffer reply = context.reply();
    reply.array(hash == null ? 0 : hash.size());
    if (hash != null) {
      hash.forEach((field, value) -> reply.bulk(fields ? field : value));
    }
  }

  private static void delete(CommandContext context) {
    byte[] key = context.argument(1);
    HashValue hash = context.write(key, HashValue.class);
    int deleted = 0;
    for (int i = 2; hash != null && i < context.count(); i++) {
      if (hash.remove(context.argument(i))) {
        deleted++;
      }
    }
    if (hash != null && hash.isEmpty()) {
      context.keyspace().remove(key);
    } else if (deleted > 0) {
      context.touch(key);
    }
    context.reply().integer(deleted);
  }

  private static void length(CommandContext context) {
    HashValue hash = read(context);
    context.reply().integer(hash == null ? 0 : hash.size());
  }

  private static void valueLength(CommandContext context) {
    HashValue hash = read(context);
    byte[] value = hash == null ? null : hash.get(context.argument(2));
    context.reply().integer(value == null ? 0 : value.length);
  }

  private static void exists(CommandContext context) {
    HashValue hash = read(context);
    context.reply().integer(hash != null && hash.contains(context.argument(2)) ? 1 : 0);
  }

  private static void scan(CommandContext context) {
    long cursor = ScanRequest.cursor(context, 2);
    HashValue hash = read(context);
    List<byte[]> found = new ArrayList<>();
    if (hash == null) {
      ScanRequest.reply(context.reply(), 0, found);
      return;
    }
    ScanRequest request = ScanRequest.options(context, 3, false);
    List<byte[]> visited = new ArrayList<>();
    long next =
        request.iterate(
            cursor,
            visited,
            2,
            from ->
                hash.scan(
                    from,
                    (field, value) -> {
                      visited.add(field);
                      visited.add(value);
                    }));
    for (int i = 0; i < visited.size(); i += 2) {
      if (request.wants(visited.get(i))) {
        found.add(visited.get(i));
        found.add(visited.get(i + 1));
      }
    }
    ScanRequest.reply(context.reply(), next, found);
  }
}
