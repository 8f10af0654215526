package io.shardquake.checkers.linearizability.explanation;

import io.shardquake.checkers.linearizability.analysis.LimitPoll;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchEndedException;
import io.shardquake.checkers.linearizability.model.Effect;
import io.shardquake.checkers.linearizability.model.Model;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The end of a history: what was called before some event, from an overwriter on. Of what returned
 * before the call of that one there is no trace after it; what overlaps it may happen later, or
 * never (see {@link CoreSearch}). So whatever linearizes the history, the part of it after the
 * overwriter linearizes the excerpt, from any state; and what is impossible in the excerpt is
 * impossible in the history.
 */
final class Excerpt {
  /** How many operations the first excerpt has from its overwriter on, or a few more. */
  private static final int LEAST = 1 << 12;

  /** How many times larger the next one is. */
  private static final int GROWTH = 8;

  private final ObjectHistory history;
  private final int[] numbers;
  private final boolean isWhole;

  private Excerpt(ObjectHistory history, int[] numbers, boolean isWhole) {
    this.history = history;
    this.numbers = numbers;
    this.isWhole = isWhole;
  }

  /** One excerpt of a history after another, each a few times larger, up to the whole. */
  static final class Series {
    private final ObjectHistory whole;
    private final Model initial;
    private final int end;
    private final boolean cutReturns;
    private final int called;
    private final LimitPoll poll;
    private long size = LEAST;
    private boolean wasWhole;

    /**
     * @param end rank of the last event of the excerpts
     * @param cutReturns whether what returned later is to have an unknown outcome
     * @param poll that {@link #next} is to ask
     */
    Series(ObjectHistory whole, Model initial, int end, boolean cutReturns, LimitPoll poll) {
      this.whole = whole;
      this.initial = initial;
      this.end = end;
      this.cutReturns = cutReturns;
      this.poll = poll;
      this.called = calledBy(whole, end);
    }

    /**
     * The next excerpt; empty if the last one was the whole.
     *
     * @throws SearchEndedException if a limit is met
     */
    Optional<Excerpt> next() {
      if (wasWhole) {
        return Optional.empty();
      }
      int anchor = anchor(size);
      size *= GROWTH;
      wasWhole = anchor < 0;
      return Optional.of(excerpt(anchor));
    }

    /** The last overwriter that returned with that many called after it; -1 if there is none. */
    private int anchor(long back) {
      int anchor = (int) Math.max(-1, called - back);
      while (anchor >= 0 && !isAnchor(anchor)) {
        poll.step();
        anchor--;
      }
      return anchor;
    }

    private boolean isAnchor(int op) {
      return whole.returned(op) < end
          && initial.effect(initial.simplified(whole.toCall(op))) == Effect.OVERWRITES;
    }

    private Excerpt excerpt(int anchor) {
      int from = anchor < 0 ? -1 : whole.call(anchor);
      int settled = anchor < 0 ? -1 : whole.returned(anchor);
      int[] kept = IntStream.range(0, called).filter(op -> whole.returned(op) > from).toArray();
      ObjectHistory part =
          whole.part(
              kept,
              op ->
                  (cutReturns && whole.returned(op) > end)
                      || (whole.call(op) < settled && op != anchor),
              poll);
      return new Excerpt(part, kept, anchor < 0);
    }
  }

  /** How many operations were called before an event. */
  private static int calledBy(ObjectHistory whole, int end) {
    int low = 0;
    int high = whole.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (whole.call(middle) < end) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The operations of the excerpt, numbered anew. */
  ObjectHistory history() {
    return history;
  }

  /** Whether nothing was left out at the beginning. */
  boolean isWhole() {
    return isWhole;
  }

  /** The number in the whole history of an operation of the excerpt. */
  int original(int operation) {
    return numbers[operation];
  }
}
