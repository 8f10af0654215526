package io.shardquake.node.core.sortedset;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.IndexRange;
import io.shardquake.node.core.command.ScanRequest;
import io.shardquake.node.core.resp.RealNumber;
import io.shardquake.node.core.value.SortedSetValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Commands that look up members, count them or remove them. */
public final class SortedSetCommands implements CommandGroup {
  private static final double GREATEST_WHOLE = 0x1p62;

  @Override
  public void register(CommandTable table) {
    table.add("zcard", SortedSetCommands::size);
    table.add("zscore", SortedSetCommands::score);
    table.add("zmscore", SortedSetCommands::scores);
    table.add("zrank", context -> rank(context, false));
    table.add("zrevrank", context -> rank(context, true));
    table.add("zcount", context -> count(context, c -> Bounds.ByScore.of(c, 2, 3)));
    table.add("zlexcount", context -> count(context, c -> Bounds.ByMember.of(c, 2, 3)));
    table.add("zrem", SortedSetCommands::remove);
    table.add(
        "zremrangebyrank", context -> removeRange(context, c -> Bounds.ByRank.of(c, 2, false)));
    table.add("zremrangebyscore", context -> removeRange(context, c -> Bounds.ByScore.of(c, 2, 3)));
    table.add("zremrangebylex", context -> removeRange(context, c -> Bounds.ByMember.of(c, 2, 3)));
    table.add("zscan", SortedSetCommands::scan);
  }

  private static @Nullable SortedSetValue read(CommandContext context) {
    return context.read(context.argument(1), SortedSetValue.class);
  }

  private static void size(CommandContext context) {
    SortedSetValue set = read(context);
    context.reply().integer(set == null ? 0 : set.size());
  }

  private static void score(CommandContext context) {
    reply(context, read(context), context.argument(2));
  }

  private static void scores(CommandContext context) {
    SortedSetValue set = read(context);
    context.reply().array(context.count() - 2);
    for (int i = 2; i < context.count(); i++) {
      reply(context, set, context.argument(i));
    }
  }

  private static void reply(CommandContext context, @Nullable SortedSetValue set, byte[] member) {
    double score = set == null ? Double.NaN : set.score(member);
    if (Double.isNaN(score)) {
      context.reply().nullBulk();
    } else {
      context.reply().real(score);
    }
  }

  private static void rank(CommandContext context, boolean reverse) {
    SortedSetValue set = read(context);
    int rank = set == null ? -1 : set.rank(context.argument(2));
    if (set == null || rank < 0) {
      context.reply().nullBulk();
    } else {
      context.reply().integer(reverse ? set.size() - 1 - rank : rank);
    }
  }

  private static void count(CommandContext context, Function<CommandContext, Bounds> parse) {
    Bounds bounds = parse.apply(context);
    SortedSetValue set = read(context);
    context.reply().integer(set == null ? 0 : bounds.in(set).length());
  }

  private static void remove(CommandContext context) {
    byte[] key = context.argument(1);
    SortedSetValue set = context.write(key, SortedSetValue.class);
    int removed = 0;
    for (int i = 2; set != null && i < context.count(); i++) {
      if (set.remove(context.argument(i))) {
        removed++;
      }
    }
    if (set != null && removed > 0) {
      removed(context, key, set);
    }
    context.reply().integer(removed);
  }

  /** Stores a set that members were taken from. */
  static void removed(CommandContext context, byte[] key, SortedSetValue set) {
    if (set.isEmpty()) {
      context.keyspace().remove(key);
    } else {
      context.touch(key);
    }
  }

  private static void removeRange(CommandContext context, Function<CommandContext, Bounds> parse) {
    Bounds bounds = parse.apply(context);
    byte[] key = context.argument(1);
    SortedSetValue set = context.write(key, SortedSetValue.class);
    if (set == null) {
      context.reply().integer(0);
      return;
    }
    IndexRange range = bounds.in(set);
    if (range.length() > 0) {
      set.removeRange(range.from(), range.to());
      removed(context, key, set);
    }
    context.reply().integer(range.length());
  }

  private static void scan(CommandContext context) {
    long cursor = ScanRequest.cursor(context, 2);
    SortedSetValue set = read(context);
    List<byte[]> found = new ArrayList<>();
    if (set == null) {
      ScanRequest.reply(context.reply(), 0, found);
      return;
    }
    ScanRequest request = ScanRequest.options(context, 3, false);
    boolean packed = set.encoding().equals("listpack");
    List<byte[]> visited = new ArrayList<>();
    long next =
        request.iterate(
            cursor,
            visited,
            2,
            from ->
                set.scan(
                    from,
                    (member, score) -> {
                      visited.add(member);
                      visited.add(text(score, packed));
                    }));
    for (int i = 0; i < visited.size(); i += 2) {
      if (request.wants(visited.get(i))) {
        found.add(visited.get(i));
        found.add(visited.get(i + 1));
      }
    }
    ScanRequest.reply(context.reply(), next, found);
  }

  /** Whole numbers in a compact set are shown to ZSCAN as such. */
  private static byte[] text(double score, boolean packed) {
    boolean whole = score == Math.rint(score) && Math.abs(score) <= GREATEST_WHOLE;
    String text = packed && whole ? Long.toString((long) score) : RealNumber.format(score);
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
