package io.shardquake.node.core.sortedset;

import io.shardquake.node.core.command.BlockingTimeout;
import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.KeyCount;
import io.shardquake.node.core.command.KeyWait;
import io.shardquake.node.core.resp.ReplyBuffer;
import io.shardquake.node.core.value.SortedSetValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** ZPOPMIN, ZPOPMAX, ZMPOP, and their blocking forms. */
public final class PopCommands implements CommandGroup {
  private static final KeyWait<SortedSetValue> SETS = new KeyWait<>(SortedSetValue.class);

  /** Which members are popped first. */
  private enum End {
    LEAST("ZPOPMIN"),
    GREATEST("ZPOPMAX");

    private final String command;

    End(String command) {
      this.command = command;
    }

    static End of(CommandContext context, int index) {
      if (context.is(index, "min")) {
        return LEAST;
      }
      if (context.is(index, "max")) {
        return GREATEST;
      }
      throw ErrorReply.syntax();
    }

    /** Visits members from this end, then removes them. */
    void pop(SortedSetValue set, int count, SortedSetValue.Visitor visit) {
      int from = this == LEAST ? 0 : set.size() - count;
      if (this == LEAST) {
        set.range(from, from + count, visit);
      } else {
        set.rangeBack(from, from + count, visit);
      }
      set.removeRange(from, from + count);
    }
  }

  @Override
  public void register(CommandTable table) {
    table.add("zpopmin", context -> pop(context, End.LEAST));
    table.add("zpopmax", context -> pop(context, End.GREATEST));
    table.add("zmpop", PopCommands::popFromFirst);
    table.add("bzpopmin", context -> waitAndPop(context, End.LEAST));
    table.add("bzpopmax", context -> waitAndPop(context, End.GREATEST));
    table.add("bzmpop", PopCommands::waitAndPopSeveral);
  }

  private static void pop(CommandContext context, End end) {
    if (context.count() > 3) {
      throw ErrorReply.syntax();
    }
    boolean counted = context.count() == 3;
    long most =
        counted
            ? context.integer(2, 0, Long.MAX_VALUE, "ERR value is out of range, must be positive")
            : 1;
    byte[] key = context.argument(1);
    SortedSetValue set = context.write(key, SortedSetValue.class);
    int count = set == null ? 0 : (int) Math.min(most, set.size());
    ReplyBuffer reply = context.reply();
    if (set == null || count == 0) {
      reply.array(0);
      return;
    }
    boolean pairs = counted && reply.isResp3();
    reply.array(pairs ? count : 2 * count);
    end.pop(set, count, (member, score) -> replyMember(reply, member, score, pairs));
    SortedSetCommands.removed(context, key, set);
  }

  private static void replyMember(ReplyBuffer reply, byte[] member, double score, boolean asPair) {
    if (asPair) {
      reply.array(2);
    }
    reply.bulk(member);
    reply.real(score);
  }

  private static void popFromFirst(CommandContext context) {
    KeyCount keys = KeyCount.at(context, 1);
    End end = End.of(context, keys.end());
    long count = keys.popCount(context);
    for (byte[] key : keys.in(context)) {
      SortedSetValue set = context.write(key, SortedSetValue.class);
      if (set != null) {
        popWithKey(context, key, set, end, count);
        return;
      }
    }
    context.reply().nullArray();
  }

  private static void popWithKey(
      CommandContext context, byte[] key, SortedSetValue set, End end, long most) {
    int count = (int) Math.min(most, set.size());
    ReplyBuffer reply = context.reply();
    reply.array(2);
    reply.bulk(key);
    reply.array(count);
    end.pop(set, count, (member, score) -> replyMember(reply, member, score, true));
    SortedSetCommands.removed(context, key, set);
    context.propagateInstead(
        end.command, key, Integer.toString(count).getBytes(StandardCharsets.US_ASCII));
  }

  private static void waitAndPop(CommandContext context, End end) {
    int last = context.count() - 1;
    long deadline = BlockingTimeout.deadline(context, last);
    SETS.serve(
        context,
        Arrays.asList(context.arguments()).subList(1, last),
        deadline,
        (key, set) -> {
          ReplyBuffer reply = context.reply();
          reply.array(3);
          reply.bulk(key);
          end.pop(set, 1, (member, score) -> replyMember(reply, member, score, false));
          SortedSetCommands.removed(context, key, set);
          context.propagateInstead(end.command, key);
        });
  }

  private static void waitAndPopSeveral(CommandContext context) {
    KeyCount keys = KeyCount.at(context, 2);
    End end = End.of(context, keys.end());
    long count = keys.popCount(context);
    long deadline = BlockingTimeout.deadline(context, 1);
    SETS.serve(
        context,
        keys.in(context),
        deadline,
        (key, set) -> popWithKey(context, key, set, end, count));
  }
}
