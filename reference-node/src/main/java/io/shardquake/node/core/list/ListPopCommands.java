package io.shardquake.node.core.list;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.KeyCount;
import io.shardquake.node.core.value.ListValue;
import java.nio.charset.StandardCharsets;

/** LPOP, RPOP and LMPOP. */
public final class ListPopCommands implements CommandGroup {
  @Override
  public void register(CommandTable table) {
    table.add("lpop", context -> pop(context, ListEnd.LEFT));
    table.add("rpop", context -> pop(context, ListEnd.RIGHT));
    table.add("lmpop", ListPopCommands::popFromFirst);
  }

  private static void pop(CommandContext context, ListEnd end) {
    if (context.count() > 3) {
      throw ErrorReply.wrongNumberOfArguments(context.spec().name());
    }
    boolean several = context.count() == 3;
    long count =
        several
            ? context.integer(2, 0, Long.MAX_VALUE, "ERR value is out of range, must be positive")
            : 1;
    byte[] key = context.argument(1);
    ListValue list = context.write(key, ListValue.class);
    if (list == null) {
      if (several) {
        context.reply().nullArray();
      } else {
        context.reply().nullBulk();
      }
      return;
    }
    if (several) {
      popSeveral(context, key, list, end, count);
    } else {
      byte[] element = end.pop(list);
      ListCommands.removed(context, key, list);
      context.reply().bulk(element);
    }
  }

  /** Pops as many elements as there are, but no more than {@code most}; gives how many. */
  private static int popSeveral(
      CommandContext context, byte[] key, ListValue list, ListEnd end, long most) {
    int count = (int) Math.min(most, list.size());
    context.reply().array(count);
    for (int i = 0; i < count; i++) {
      context.reply().bulk(end.pop(list));
    }
    if (count > 0) {
      ListCommands.removed(context, key, list);
    }
    return count;
  }

  /** Pops from a list as LMPOP does, and tells replicas as the plain command. */
  static void popWithKey(
      CommandContext context, byte[] key, ListValue list, ListEnd end, long most) {
    context.reply().array(2);
    context.reply().bulk(key);
    int count = popSeveral(context, key, list, end, most);
    context.propagateInstead(
        end.popCommand(), key, Integer.toString(count).getBytes(StandardCharsets.US_ASCII));
  }

  private static void popFromFirst(CommandContext context) {
    KeyCount keys = KeyCount.at(context, 1);
    ListEnd end = ListEnd.of(context, keys.end());
    long count = keys.popCount(context);
    for (byte[] key : keys.in(context)) {
      ListValue list = context.write(key, ListValue.class);
      if (list != null) {
        popWithKey(context, key, list, end, count);
        return;
      }
    }
    context.reply().nullArray();
  }
}
