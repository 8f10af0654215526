package io.shardquake.node.core.sortedset;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.IndexRange;
import io.shardquake.node.core.value.EncodingLimits;
import io.shardquake.node.core.value.SortedSetValue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** ZRANGE, its older relatives, and ZRANGESTORE. */
public final class RangeCommands implements CommandGroup {
  private final Supplier<EncodingLimits> limits;

  public RangeCommands(Supplier<EncodingLimits> limits) {
    this.limits = limits;
  }

  /** What the bounds of a range are. */
  private enum By {
    RANK,
    SCORE,
    MEMBER
  }

  /** A range as its command's name and arguments say. */
  private static final class Range {
    private final int source;
    private final boolean store;
    private @Nullable By by;
    private @Nullable Boolean reverse;
    private boolean withScores;
    private long offset;
    private long limit = -1;

    /** By a name that leaves nothing to the arguments, or null where it does. */
    Range(int source, @Nullable By by, @Nullable Boolean reverse) {
      this.source = source;
      this.store = source > 1;
      this.by = by;
      this.reverse = reverse;
    }

    Bounds parse(CommandContext context) {
      for (int i = source + 3; i < context.count(); i++) {
        int behind = context.count() - i - 1;
        if (!store && context.is(i, "withscores")) {
          withScores = true;
        } else if (context.is(i, "limit") && behind >= 2) {
          offset = context.integer(i + 1);
          limit = context.integer(i + 2);
          i += 2;
        } else if (reverse == null && context.is(i, "rev")) {
          reverse = true;
        } else if (by == null && context.is(i, "bylex")) {
          by = By.MEMBER;
        } else if (by == null && context.is(i, "byscore")) {
          by = By.SCORE;
        } else {
          throw ErrorReply.syntax();
        }
      }
      return bounds(context, by == null ? By.RANK : by);
    }

    private Bounds bounds(CommandContext context, By kind) {
      if (limit != -1 && kind == By.RANK) {
        throw new ErrorReply(
            "ERR syntax error, LIMIT is only supported in combination with either BYSCORE or"
                + " BYLEX");
      }
      if (withScores && kind == By.MEMBER) {
        throw new ErrorReply(
            "ERR syntax error, WITHSCORES not supported in combination with BYLEX");
      }
      int least = source + (isReverse() ? 2 : 1);
      int most = source + (isReverse() ? 1 : 2);
      return switch (kind) {
        case RANK -> Bounds.ByRank.of(context, source + 1, isReverse());
        case SCORE -> Bounds.ByScore.of(context, least, most);
        case MEMBER -> Bounds.ByMember.of(context, least, most);
      };
    }

    boolean isReverse() {
      return reverse != null && reverse;
    }

    /** What LIMIT leaves of a range. */
    IndexRange limited(IndexRange range) {
      if (offset < 0 || offset >= range.length()) {
        return new IndexRange(range.from(), range.from());
      }
      int skipped = (int) offset;
      int left = range.length() - skipped;
      int length = limit < 0 ? left : (int) Math.min(limit, left);
      int from = isReverse() ? range.to() - skipped - length : range.from() + skipped;
      return new IndexRange(from, from + length);
    }

    void visit(SortedSetValue set, IndexRange range, SortedSetValue.Visitor visitor) {
      if (isReverse()) {
        set.rangeBack(range.from(), range.to(), visitor);
      } else {
        set.range(range.from(), range.to(), visitor);
      }
    }
  }

  @Override
  public void register(CommandTable table) {
    table.add("zrange", context -> reply(context, new Range(1, null, null)));
    table.add("zrevrange", context -> reply(context, new Range(1, By.RANK, true)));
    table.add("zrangebyscore", context -> reply(context, new Range(1, By.SCORE, false)));
    table.add("zrevrangebyscore", context -> reply(context, new Range(1, By.SCORE, true)));
    table.add("zrangebylex", context -> reply(context, new Range(1, By.MEMBER, false)));
    table.add("zrevrangebylex", context -> reply(context, new Range(1, By.MEMBER, true)));
    table.add("zrangestore", context -> store(context, new Range(2, null, null)));
  }

  private static void reply(CommandContext context, Range range) {
    Bounds bounds = range.parse(context);
    SortedSetValue set = context.read(context.argument(range.source), SortedSetValue.class);
    if (set == null) {
      context.reply().array(0);
      return;
    }
    IndexRange ranks = range.limited(bounds.in(set));
    ScoredReply reply = new ScoredReply(context.reply(), range.withScores);
    reply.begin(ranks.length());
    range.visit(set, ranks, reply);
  }

  private void store(CommandContext context, Range range) {
    Bounds bounds = range.parse(context);
    SortedSetValue set = context.read(context.argument(range.source), SortedSetValue.class);
    SortedSetValue result = new SortedSetValue();
    if (set != null) {
      range.visit(
          set,
          range.limited(bounds.in(set)),
          (member, score) -> result.put(member, score, limits.get()));
    }
    store(context, context.argument(1), result);
  }

  /** Puts a result into a key, which goes away if the result is empty, and replies its size. */
  static void store(CommandContext context, byte[] key, SortedSetValue result) {
    if (result.isEmpty()) {
      context.drop(key);
    } else {
      context.replace(key, result);
    }
    context.reply().integer(result.size());
  }
}
