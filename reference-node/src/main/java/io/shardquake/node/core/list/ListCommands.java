package io.shardquake.node.core.list;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.IndexRange;
import io.shardquake.node.core.value.ListValue;
import org.jspecify.annotations.Nullable;

/** Commands that push elements, and those that address them by index. */
public final class ListCommands implements CommandGroup {
  @Override
  public void register(CommandTable table) {
    table.add("lpush", context -> push(context, ListEnd.LEFT, true));
    table.add("rpush", context -> push(context, ListEnd.RIGHT, true));
    table.add("lpushx", context -> push(context, ListEnd.LEFT, false));
    table.add("rpushx", context -> push(context, ListEnd.RIGHT, false));
    table.add("llen", ListCommands::length);
    table.add("lindex", ListCommands::index);
    table.add("lset", ListCommands::set);
    table.add("lrange", ListCommands::range);
    table.add("ltrim", ListCommands::trim);
  }

  private static void push(CommandContext context, ListEnd end, boolean create) {
    byte[] key = context.argument(1);
    ListValue existing = context.write(key, ListValue.class);
    if (existing == null && !create) {
      context.reply().integer(0);
      return;
    }
    ListValue list = existing == null ? new ListValue() : existing;
    for (int i = 2; i < context.count(); i++) {
      end.push(list, context.argument(i));
    }
    if (existing == null) {
      context.keyspace().put(key, list);
    } else {
      context.touch(key);
    }
    context.reply().integer(list.size());
  }

  /** Stores a list that elements were taken from. */
  static void removed(CommandContext context, byte[] key, ListValue list) {
    if (list.isEmpty()) {
      context.keyspace().remove(key);
    } else {
      context.touch(key);
    }
  }

  private static @Nullable ListValue read(CommandContext context) {
    return context.read(context.argument(1), ListValue.class);
  }

  private static void length(CommandContext context) {
    ListValue list = read(context);
    context.reply().integer(list == null ? 0 : list.size());
  }

  /** Where an index that may count from the end is; -1 if it is outside. */
  private static int place(ListValue list, long index) {
    long place = index < 0 ? index + list.size() : index;
    return place < 0 || place >= list.size() ? -1 : (int) place;
  }

  private static void index(CommandContext context) {
    ListValue list = read(context);
    if (list == null) {
      context.reply().nullBulk();
      return;
    }
    int place = place(list, context.integer(2));
    if (place < 0) {
      context.reply().nullBulk();
    } else {
      context.reply().bulk(list.get(place));
    }
  }

  private static void set(CommandContext context) {
    byte[] key = context.argument(1);
    ListValue list = context.write(key, ListValue.class);
    if (list == null) {
      throw ErrorReply.noSuchKey();
    }
    int place = place(list, context.integer(2));
    if (place < 0) {
      throw new ErrorReply("ERR index out of range");
    }
    list.set(place, context.argument(3));
    context.touch(key);
    context.reply().ok();
  }

  private static void range(CommandContext context) {
    long start = context.integer(2);
    long stop = context.integer(3);
    ListValue list = read(context);
    IndexRange range = IndexRange.of(start, stop, list == null ? 0 : list.size());
    context.reply().array(range.length());
    if (list != null) {
      list.range(range.from(), range.to(), context.reply()::bulk);
    }
  }

  private static void trim(CommandContext context) {
    long start = context.integer(2);
    long stop = context.integer(3);
    byte[] key = context.argument(1);
    ListValue list = context.write(key, ListValue.class);
    if (list != null) {
      IndexRange kept = IndexRange.of(start, stop, list.size());
      int removed = list.size() - kept.length();
      list.removeRange(kept.to(), list.size() - kept.to());
      list.removeRange(0, list.size() - kept.length());
      if (removed > 0) {
        removed(context, key, list);
      }
    }
    context.reply().ok();
  }
}
