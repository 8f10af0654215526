package io.shardquake.checkers.linearizability.search;

import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.model.Effect;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds an operation on a register that saw a value which nothing can have put there in time: the
 * stale read and the read out of nowhere, which no search is needed for.
 *
 * <p>Say the operation r saw the value v, and the latest-called operation that certainly replaced
 * the value, and returned before r was called, is m. When r takes effect, m has; so v was put there
 * by m, or by an operation that took effect after m, and therefore returned after m was called, and
 * before r, and therefore was called before r returned. If no operation that puts v there is like
 * that (and, if there is no m, v is not the initial value), the history is not linearizable. Takes
 * time n log n for n operations.
 */
final class MissingSource {
  private static final int NONE = -1;

  private final Timeline timeline;
  private final ValueFlow flow;
  private final int initial;

  /** For each value, the operations that put it there in order of call, from {@code first}. */
  private final int[] sources;

  /** For each of them, the latest return among it and those before it. */
  private final int[] latestReturn;

  private final int[] first;

  /**
   * Prepares the search.
   *
   * @param initial number of the value that the register holds at first, or {@link ValueFlow#NONE}
   */
  MissingSource(Timeline timeline, ValueFlow flow, int initial) {
    this.timeline = timeline;
    this.flow = flow;
    this.initial = initial;
    this.first = new int[flow.values() + 1];
    this.sources = sources();
    this.latestReturn = new int[sources.length];
    for (int value = 0; value < flow.values(); value++) {
      int latest = NONE;
      for (int i = first[value]; i < first[value + 1]; i++) {
        timeline.poll().step();
        latest = Math.max(latest, history().returned(sources[i]));
        latestReturn[i] = latest;
      }
    }
  }

  private int[] sources() {
    for (int op = 0; op < history().size(); op++) {
      timeline.poll().step();
      if (given(op) != ValueFlow.NONE) {
        first[given(op) + 1]++;
      }
    }
    for (int value = 1; value < first.length; value++) {
      first[value] += first[value - 1];
    }
    int[] next = Arrays.copyOf(first, flow.values());
    int[] filled = new int[first[flow.values()]];
    for (int op = 0; op < history().size(); op++) {
      timeline.poll().step();
      if (given(op) != ValueFlow.NONE) {
        filled[next[given(op)]++] = op;
      }
    }
    return filled;
  }

  /** The operations that contradict each other: the one that saw the value last. */
  Optional<List<Integer>> find() {
    int replacer = NONE;
    for (int at = 0; at < timeline.events(); at++) {
      timeline.poll().step();
      int op = Timeline.operation(timeline.event(at));
      if (Timeline.isReturn(timeline.event(at))) {
        if (replaces(op) && (replacer == NONE || history().call(op) > history().call(replacer))) {
          replacer = op;
        }
      } else if (timeline.returns(op)) {
        int needed = flow.neededBy(timeline.classes().of(op));
        if (needed != ValueFlow.NONE && !hasSource(op, needed, replacer)) {
          return Optional.of(replacer == NONE ? List.of(op) : List.of(replacer, op));
        }
      }
    }
    return Optional.empty();
  }

  private boolean replaces(int op) {
    return timeline.effect(op) != Effect.OBSERVES;
  }

  private boolean hasSource(int op, int needed, int replacer) {
    if (replacer == NONE && needed == initial) {
      return true;
    }
    int low = first[needed];
    int high = first[needed + 1];
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (history().call(sources[middle]) < history().returned(op)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    int after = replacer == NONE ? NONE : history().call(replacer);
    return low > first[needed] && latestReturn[low - 1] > after;
  }

  private int given(int op) {
    return flow.givenBy(timeline.classes().of(op));
  }

  private ObjectHistory history() {
    return timeline.history();
  }
}
