package io.shardquake.checkers.linearizability.explanation;

import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.LimitPoll;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchEndedException;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.explanation.Explanation.Core;
import io.shardquake.checkers.linearizability.model.Effect;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.search.SearchAlgorithm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds a small part of a history that is impossible by itself.
 *
 * <p>Just leaving operations out would not do: without the write of 3, a read of 3 is impossible,
 * and proves nothing. Operations are <em>excused</em> instead: an excused observer is left out, and
 * any other excused operation has an unknown outcome and may happen at any time after its call, or
 * not at all. Whatever linearizes the history linearizes it with some excused; so what remains
 * impossible is impossible because of the operations not excused.
 *
 * <p>To leave out what came long before, the part begins with an overwriter: what returned before
 * its call has no trace after it, and what overlaps it is excused. Then the part is impossible from
 * any state. Where no overwriter will do, it begins at the beginning.
 */
final class CoreSearch {
  private final Excerpt excerpt;
  private final ObjectHistory history;
  private final Model initial;
  private final Duration checkTime;
  private final SearchLimits limits;
  private final LimitPoll poll;
  private final Effect[] effects;

  /**
   * @param excerpt what was called until the history has become impossible, or the end of it
   */
  CoreSearch(Excerpt excerpt, Model initial, Duration time, SearchLimits limits) {
    this.excerpt = excerpt;
    this.history = excerpt.history();
    this.initial = initial;
    this.checkTime = time.dividedBy(8);
    this.limits = limits;
    this.poll = new LimitPoll(limits);
    this.effects = new Effect[history.size()];
  }

  /**
   * Searches.
   *
   * @throws SearchEndedException if a limit is met before a core was found
   */
  Optional<Core> find() {
    for (int op = 0; op < effects.length; op++) {
      poll.step();
      effects[op] = initial.effect(initial.simplified(history.toCall(op)));
    }
    int[] anchors = anchors();
    for (int back = 1; back <= anchors.length; back *= 2) {
      Optional<Core> found = reduced(new Scope(anchors[anchors.length - back]));
      if (found.isPresent() || isOver()) {
        return found;
      }
    }
    return excerpt.isWhole() ? reduced(new Scope(Scope.NO_ANCHOR)) : Optional.empty();
  }

  /** Overwriters that a part may begin with, in order of return. */
  private int[] anchors() {
    return IntStream.range(0, history.size())
        .filter(op -> effects[op] == Effect.OVERWRITES && returns(op))
        .mapToLong(op -> (long) history.returned(op) << Integer.SIZE | op)
        .sorted()
        .mapToInt(returnAndOperation -> (int) returnAndOperation)
        .toArray();
  }

  private Optional<Core> reduced(Scope scope) {
    List<Integer> bound = scope.returned();
    if (!scope.isImpossible(bound)) {
      return Optional.empty();
    }
    int chunk = bound.size();
    while (chunk > 1 && !isOver()) {
      chunk = (chunk + 1) / 2;
      bound = scope.withoutChunks(bound, chunk);
    }
    List<Integer> operations = new ArrayList<>(bound);
    if (scope.anchor != Scope.NO_ANCHOR) {
      operations.add(0, scope.anchor);
    }
    operations.sort(Integer::compare);
    operations.replaceAll(excerpt::original);
    return Optional.of(new Core(operations, scope.anchor != Scope.NO_ANCHOR, !isOver()));
  }

  private boolean returns(int op) {
    return history.returned(op) != ObjectHistory.NEVER;
  }

  private boolean isOver() {
    return limits.exceeded(0).isPresent();
  }

  /** The operations that matter after an anchor. */
  private final class Scope {
    private static final int NO_ANCHOR = -1;

    private final int anchor;
    private final int[] operations;

    Scope(int anchor) {
      this.anchor = anchor;
      this.operations =
          IntStream.range(0, history.size())
              .filter(op -> anchor == NO_ANCHOR || history.returned(op) > history.call(anchor))
              .toArray();
    }

    /** What returned, and was called after the anchor returned. */
    List<Integer> returned() {
      return IntStream.of(operations)
          .filter(op -> returns(op))
          .filter(op -> anchor == NO_ANCHOR || history.call(op) > history.returned(anchor))
          .boxed()
          .toList();
    }

    /** Excuses what can be, a chunk at a time, until nothing more can. */
    List<Integer> withoutChunks(List<Integer> bound, int chunk) {
      List<Integer> remaining = bound;
      boolean again = true;
      while (again && !isOver()) {
        again = false;
        for (int from = 0; from < remaining.size() && !isOver(); ) {
          List<Integer> fewer = new ArrayList<>(remaining.subList(0, from));
          int to = Math.min(from + chunk, remaining.size());
          fewer.addAll(remaining.subList(to, remaining.size()));
          if (isImpossible(fewer)) {
            remaining = fewer;
            again = chunk == 1;
          } else {
            from = to;
          }
        }
      }
      return remaining;
    }

    /** Whether the operations are impossible with all excused but the anchor and those bound. */
    boolean isImpossible(List<Integer> bound) {
      boolean[] isBound = new boolean[history.size()];
      bound.forEach(op -> isBound[op] = true);
      if (anchor != NO_ANCHOR) {
        isBound[anchor] = true;
      }
      int[] kept =
          IntStream.of(operations)
              .filter(op -> isBound[op] || effects[op] != Effect.OBSERVES)
              .toArray();
      try {
        ObjectHistory part = history.part(kept, op -> !isBound[op], poll);
        return SearchAlgorithm.LINEAR.analyse(part, initial, limits.attempt(checkTime))
            instanceof Analysis.Invalid;
      } catch (SearchEndedException ended) {
        return false;
      }
    }
  }
}
