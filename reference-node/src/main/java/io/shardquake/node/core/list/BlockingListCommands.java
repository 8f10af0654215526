package io.shardquake.node.core.list;

import io.shardquake.node.core.command.BlockingTimeout;
import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.KeyCount;
import io.shardquake.node.core.command.KeyWait;
import io.shardquake.node.core.value.ListValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * BLPOP and what else waits until a list has elements. Replicas and the log hear of what was done,
 * as of the command that does not wait.
 */
public final class BlockingListCommands implements CommandGroup {
  private static final KeyWait<ListValue> LISTS = new KeyWait<>(ListValue.class);

  @Override
  public void register(CommandTable table) {
    table.add("blpop", context -> pop(context, ListEnd.LEFT));
    table.add("brpop", context -> pop(context, ListEnd.RIGHT));
    table.add("blmpop", BlockingListCommands::popSeveral);
    table.add("brpoplpush", BlockingListCommands::rotate);
    table.add("blmove", BlockingListCommands::move);
  }

  private static void pop(CommandContext context, ListEnd end) {
    int last = context.count() - 1;
    long deadline = BlockingTimeout.deadline(context, last);
    LISTS.serve(
        context,
        Arrays.asList(context.arguments()).subList(1, last),
        deadline,
        (key, list) -> {
          byte[] element = end.pop(list);
          ListCommands.removed(context, key, list);
          context.reply().array(2);
          context.reply().bulk(key);
          context.reply().bulk(element);
          context.propagateInstead(end.popCommand(), key);
        });
  }

  private static void popSeveral(CommandContext context) {
    KeyCount keys = KeyCount.at(context, 2);
    ListEnd end = ListEnd.of(context, keys.end());
    long count = keys.popCount(context);
    long deadline = BlockingTimeout.deadline(context, 1);
    LISTS.serve(
        context,
        keys.in(context),
        deadline,
        (key, list) -> ListPopCommands.popWithKey(context, key, list, end, count));
  }

  private static void rotate(CommandContext context) {
    long deadline = BlockingTimeout.deadline(context, 3);
    if (move(context, ListEnd.RIGHT, ListEnd.LEFT, deadline)) {
      context.propagateInstead("RPOPLPUSH", context.argument(1), context.argument(2));
    }
  }

  private static void move(CommandContext context) {
    ListEnd from = ListEnd.of(context, 3);
    ListEnd to = ListEnd.of(context, 4);
    long deadline = BlockingTimeout.deadline(context, 5);
    if (move(context, from, to, deadline)) {
      boolean waited = context.readyKey() != null;
      context.propagateInstead(
          "LMOVE",
          context.argument(1),
          context.argument(2),
          waited ? word(from) : context.argument(3),
          waited ? word(to) : context.argument(4));
    }
  }

  /** Redis writes the words anew if the client had to wait. */
  private static byte[] word(ListEnd end) {
    return (end == ListEnd.LEFT ? "left" : "right").getBytes(StandardCharsets.US_ASCII);
  }

  /** Moves an element; false if there is none yet. */
  private static boolean move(CommandContext context, ListEnd from, ListEnd to, long deadline) {
    byte[] key = context.argument(1);
    ListValue source = LISTS.find(context, key);
    if (source != null) {
      ListMoveCommands.move(context, source, from, to);
      return true;
    }
    if (context.mayBlock()) {
      context.block(List.of(key), deadline, context.reply()::nullArray);
    } else {
      context.reply().nullBulk();
    }
    return false;
  }
}
