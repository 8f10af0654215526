package io.shardquake.node.core.list;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.value.ListValue;
import java.util.Arrays;

/** LMOVE and RPOPLPUSH. */
public final class ListMoveCommands implements CommandGroup {
  @Override
  public void register(CommandTable table) {
    table.add("rpoplpush", context -> move(context, ListEnd.RIGHT, ListEnd.LEFT));
    table.add("lmove", context -> move(context, ListEnd.of(context, 3), ListEnd.of(context, 4)));
  }

  private static void move(CommandContext context, ListEnd from, ListEnd to) {
    ListValue source = context.write(context.argument(1), ListValue.class);
    if (source == null) {
      context.reply().nullBulk();
    } else {
      move(context, source, from, to);
    }
  }

  /** Moves an element from the list of the first key to that of the second, and replies it. */
  static void move(CommandContext context, ListValue source, ListEnd from, ListEnd to) {
    byte[] key = context.argument(1);
    byte[] targetKey = context.argument(2);
    if (Arrays.equals(key, targetKey)) {
      byte[] element = from.pop(source);
      to.push(source, element);
      context.touch(key);
      context.reply().bulk(element);
      return;
    }
    ListValue existing = context.write(targetKey, ListValue.class);
    ListValue target = existing == null ? new ListValue() : existing;
    byte[] element = from.pop(source);
    to.push(target, element);
    if (existing == null) {
      context.keyspace().put(targetKey, target);
    } else {
      context.touch(targetKey);
    }
    ListCommands.removed(context, key, source);
    context.reply().bulk(element);
  }
}
