package io.shardquake.node.core.sortedset;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.IndexRange;
import io.shardquake.node.core.resp.Strtod;
import io.shardquake.node.core.value.SortedSetValue;
import java.util.Arrays;

/** Which members of a sorted set are meant: by rank, by score or by name. */
sealed interface Bounds {
  /** The ranks, counted from the least, of the members within. */
  IndexRange in(SortedSetValue set);

  /**
   * By rank, both included.
   *
   * @param reverse whether ranks count from the greatest
   */
  record ByRank(long start, long stop, boolean reverse) implements Bounds {
    static ByRank of(CommandContext context, int index, boolean reverse) {
      return new ByRank(context.integer(index), context.integer(index + 1), reverse);
    }

    @Override
    public IndexRange in(SortedSetValue set) {
      IndexRange range = IndexRange.of(start, stop, set.size());
      return reverse ? new IndexRange(set.size() - range.to(), set.size() - range.from()) : range;
    }
  }

  /** By score. */
  record ByScore(double least, boolean leastExcluded, double most, boolean mostExcluded)
      implements Bounds {
    /**
     * Reads the two arguments.
     *
     * @throws ErrorReply "min or max is not a float"
     */
    static ByScore of(CommandContext context, int least, int most) {
      byte[] from = context.argument(least);
      byte[] to = context.argument(most);
      return new ByScore(score(from), isExcluded(from), score(to), isExcluded(to));
    }

    private static boolean isExcluded(byte[] text) {
      return text.length > 0 && text[0] == '(';
    }

    private static double score(byte[] text) {
      int from = isExcluded(text) ? 1 : 0;
      Strtod read = Strtod.read(text, from);
      int end = from + read.length();
      // A text of C ends at its first zero byte.
      if (Double.isNaN(read.value()) || (end < text.length && text[end] != 0)) {
        throw new ErrorReply("ERR min or max is not a float");
      }
      return read.value();
    }

    @Override
    public IndexRange in(SortedSetValue set) {
      int from = set.countBelow(least, leastExcluded);
      return new IndexRange(from, Math.max(from, set.countBelow(most, !mostExcluded)));
    }
  }

  /** By name, among members of the same score. */
  record ByMember(Border least, Border most) implements Bounds {
    /** Where a range of names begins or ends. */
    sealed interface Border {
      /** {@code -}: before all names. */
      record First() implements Border {}

      /** {@code +}: behind all names. */
      record Last() implements Border {}

      /** {@code [name} or {@code (name}. */
      @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
      record At(byte[] name, boolean excluded) implements Border {}
    }

    /**
     * Reads the two arguments.
     *
     * @throws ErrorReply "min or max not valid string range item"
     */
    static ByMember of(CommandContext context, int least, int most) {
      return new ByMember(border(context.argument(least)), border(context.argument(most)));
    }

    private static Border border(byte[] text) {
      int lead = text.length == 0 ? 0 : text[0];
      if (lead == '[' || lead == '(') {
        return new Border.At(Arrays.copyOfRange(text, 1, text.length), lead == '(');
      }
      boolean alone = text.length == 1 || (text.length > 1 && text[1] == 0);
      if (!alone || (lead != '-' && lead != '+')) {
        throw new ErrorReply("ERR min or max not valid string range item");
      }
      return lead == '-' ? new Border.First() : new Border.Last();
    }

    /**
     * Redis looks at both ends first, so that also where scores differ, and order by name means
     * nothing, a set that ends before the range has nothing in it.
     */
    @Override
    public IndexRange in(SortedSetValue set) {
      int size = set.size();
      if (size == 0
          || isBefore(member(set, size - 1), least, false)
          || !isBefore(member(set, 0), most, true)) {
        return new IndexRange(0, 0);
      }
      int from = countBefore(set, least, false);
      return new IndexRange(from, Math.max(from, countBefore(set, most, true)));
    }

    private static byte[] member(SortedSetValue set, int rank) {
      byte[][] found = new byte[1][];
      set.range(rank, rank + 1, (member, score) -> found[0] = member);
      return found[0];
    }

    private static boolean isBefore(byte[] member, Border border, boolean isUpper) {
      if (border instanceof Border.At at) {
        int order = Arrays.compareUnsigned(member, at.name());
        return order < 0 || (order == 0 && isUpper != at.excluded());
      }
      return border instanceof Border.Last;
    }

    private static int countBefore(SortedSetValue set, Border border, boolean isUpper) {
      if (border instanceof Border.At at) {
        return set.countBelowMember(at.name(), isUpper != at.excluded());
      }
      return border instanceof Border.First ? 0 : set.size();
    }
  }
}
