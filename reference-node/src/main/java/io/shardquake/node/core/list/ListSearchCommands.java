package io.shardquake.node.core.list;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.value.ListValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Commands that look for elements: LPOS, LINSERT and LREM. */
public final class ListSearchCommands implements CommandGroup {
  @Override
  public void register(CommandTable table) {
    table.add("lpos", ListSearchCommands::position);
    table.add("linsert", ListSearchCommands::insert);
    table.add("lrem", ListSearchCommands::remove);
  }

  /**
   * What LPOS looks for.
   *
   * @param rank the how manieth match is the first to count; negative from the tail
   * @param count how many matches to give, 0 for all, -1 for one that is not in an array
   * @param most how many elements to compare; 0 for all
   */
  private record Search(long rank, long count, long most) {
    static Search of(CommandContext context) {
      long rank = 1;
      long count = -1;
      long most = 0;
      for (int i = 3; i < context.count(); i += 2) {
        if (i + 1 == context.count()) {
          throw ErrorReply.syntax();
        }
        if (context.is(i, "rank")) {
          rank = rank(context, i + 1);
        } else if (context.is(i, "count")) {
          count = context.integer(i + 1, 0, Long.MAX_VALUE, "ERR COUNT can't be negative");
        } else if (context.is(i, "maxlen")) {
          most = context.integer(i + 1, 0, Long.MAX_VALUE, "ERR MAXLEN can't be negative");
        } else {
          throw ErrorReply.syntax();
        }
      }
      return new Search(rank, count, most);
    }

    private static long rank(CommandContext context, int index) {
      long rank = context.integer(index);
      if (rank == 0) {
        throw new ErrorReply(
            "ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... or"
                + " use negative to start from the end of the list");
      }
      return rank;
    }

    List<Integer> in(ListValue list, byte[] element) {
      List<Integer> found = new ArrayList<>();
      boolean back = rank < 0;
      // The least rank has no counterpart: to Redis, it is still below all numbers of matches.
      long[] toSkip = {rank == Long.MIN_VALUE ? 0 : Math.abs(rank) - 1};
      int[] visited = {0};
      long wanted = count < 0 ? 1 : count;
      Predicate<byte[]> visit =
          candidate -> {
            int index = back ? list.size() - 1 - visited[0] : visited[0];
            visited[0]++;
            if (Arrays.equals(candidate, element) && --toSkip[0] < 0) {
              found.add(index);
            }
            return (wanted == 0 || found.size() < wanted) && (most == 0 || visited[0] < most);
          };
      if (back) {
        list.walkBack(list.size() - 1, visit);
      } else {
        list.walk(0, visit);
      }
      return found;
    }
  }

  private static void position(CommandContext context) {
    Search search = Search.of(context);
    ListValue list = context.read(context.argument(1), ListValue.class);
    List<Integer> found = list == null ? List.of() : search.in(list, context.argument(2));
    if (search.count() >= 0) {
      context.reply().array(found.size());
      found.forEach(context.reply()::integer);
    } else if (found.isEmpty()) {
      context.reply().nullBulk();
    } else {
      context.reply().integer(found.get(0));
    }
  }

  private static void insert(CommandContext context) {
    boolean after = context.is(2, "after");
    if (!after && !context.is(2, "before")) {
      throw ErrorReply.syntax();
    }
    byte[] key = context.argument(1);
    ListValue list = context.write(key, ListValue.class);
    if (list == null) {
      context.reply().integer(0);
      return;
    }
    List<Integer> pivot = new Search(1, 1, 0).in(list, context.argument(3));
    if (pivot.isEmpty()) {
      context.reply().integer(-1);
      return;
    }
    list.insert(pivot.get(0) + (after ? 1 : 0), context.argument(4));
    context.touch(key);
    context.reply().integer(list.size());
  }

  private static void remove(CommandContext context) {
    long count = context.integer(2);
    byte[] key = context.argument(1);
    ListValue list = context.write(key, ListValue.class);
    if (list == null) {
      context.reply().integer(0);
      return;
    }
    long wanted = count == 0 || count == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(count);
    int most = (int) Math.min(wanted, list.size());
    int removed = list.removeEqual(context.argument(3), most, count < 0);
    if (removed > 0) {
      ListCommands.removed(context, key, list);
    }
    context.reply().integer(removed);
  }
}
