package io.shardquake.checkers.linearizability.analysis;

import java.util.Arrays;

/** Which of the events of one object comes first, second and so on, by their recorded indexes. */
interface EventRanks {
  /** Up to so many indexes an event, a bit for each takes less time and memory than sorting. */
  int DENSE = 64;

  /**
   * Ranks events.
   *
   * @param called indexes of calls, ascending
   * @param ended for each call the index of its return, or {@link Long#MAX_VALUE} for none; all
   *     indexes are different
   */
  static EventRanks of(long[] called, long[] ended) {
    long last = called.length == 0 ? 0 : called[called.length - 1];
    int returns = 0;
    for (long end : ended) {
      if (end != Long.MAX_VALUE) {
        last = Math.max(last, end);
        returns++;
      }
    }
    long first = called.length == 0 ? 0 : called[0];
    long events = (long) called.length + returns;
    return last - first < DENSE * events && last - first < Integer.MAX_VALUE
        ? new Marked(called, ended, (int) (last - first) + 1, (int) events)
        : new Sorted(called, ended);
  }

  /** How many events there are. */
  int events();

  /**
   * The rank of a call.
   *
   * @param call which of the calls it is
   */
  int ofCall(long index, int call);

  /**
   * The rank of a return.
   *
   * @param callRank that of its call
   */
  int ofReturn(long index, int callRank);

  /** A bit for each index, and for each word of them how many events come before it. */
  final class Marked implements EventRanks {
    private final long first;
    private final int events;
    private final long[] marks;
    private final int[] before;

    private Marked(long[] called, long[] ended, int indexes, int events) {
      this.first = called.length == 0 ? 0 : called[0];
      this.events = events;
      this.marks = new long[(indexes + Long.SIZE - 1) / Long.SIZE];
      this.before = new int[marks.length];
      mark(called);
      mark(ended);
      for (int word = 1; word < before.length; word++) {
        before[word] = before[word - 1] + Long.bitCount(marks[word - 1]);
      }
    }

    private void mark(long[] indexes) {
      for (long index : indexes) {
        if (index != Long.MAX_VALUE) {
          int at = (int) (index - first);
          marks[at >> 6] |= 1L << at;
        }
      }
    }

    @Override
    public int events() {
      return events;
    }

    @Override
    public int ofCall(long index, int call) {
      return rank(index);
    }

    @Override
    public int ofReturn(long index, int callRank) {
      return rank(index);
    }

    private int rank(long index) {
      int at = (int) (index - first);
      return before[at >> 6] + Long.bitCount(marks[at >> 6] & ((1L << at) - 1));
    }
  }

  /** All indexes in their order. */
  final class Sorted implements EventRanks {
    private final long[] indexes;

    private Sorted(long[] called, long[] ended) {
      long[] returns = Arrays.stream(ended).filter(end -> end != Long.MAX_VALUE).toArray();
      indexes = Arrays.copyOf(called, called.length + returns.length);
      System.arraycopy(returns, 0, indexes, called.length, returns.length);
      Arrays.sort(indexes);
    }

    @Override
    public int events() {
      return indexes.length;
    }

    @Override
    public int ofCall(long index, int call) {
      return find(index, call);
    }

    @Override
    public int ofReturn(long index, int callRank) {
      return find(index, callRank + 1);
    }

    /** Finds an index that is seldom far above the lowest place where it can be. */
    private int find(long index, int lowest) {
      int step = 1;
      int high = lowest;
      while (high < indexes.length && indexes[high] < index) {
        high += step;
        step *= 2;
      }
      return Arrays.binarySearch(
          indexes, Math.max(lowest, high - step / 2), Math.min(high + 1, indexes.length), index);
    }
  }
}
