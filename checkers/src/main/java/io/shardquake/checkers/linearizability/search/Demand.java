package io.shardquake.checkers.linearizability.search;

import io.shardquake.checkers.linearizability.analysis.LimitPoll;
import io.shardquake.checkers.linearizability.model.Effect;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Until when a register's value matters: the last return of an operation that needs it.
 *
 * <p>A compare-and-set of unknown outcome needs the value that it expects only as long as the value
 * that it puts there matters: where that does not, it can be left out.
 */
final class Demand {
  private static final int NEVER = -1;

  private final int[] until;
  private int anyUntil = NEVER;

  Demand(Timeline timeline, ValueFlow flow) {
    until = new int[flow.values()];
    Arrays.fill(until, NEVER);
    List<List<Integer>> neededBefore = new ArrayList<>();
    IntStream.range(0, until.length).forEach(value -> neededBefore.add(new ArrayList<>(0)));
    for (int at = 0; at < timeline.events(); at++) {
      timeline.poll().step();
      int op = Timeline.operation(timeline.event(at));
      int needed = flow.neededBy(timeline.classes().of(op));
      if (Timeline.isReturn(timeline.event(at))) {
        int rank = timeline.history().returned(op);
        if (needed != ValueFlow.NONE) {
          until[needed] = rank;
        } else if (timeline.effect(op) != Effect.OVERWRITES) {
          anyUntil = rank;
        }
      } else if (!timeline.returns(op) && needed != ValueFlow.NONE) {
        neededBefore.get(flow.givenBy(timeline.classes().of(op))).add(needed);
      }
    }
    spread(neededBefore, timeline.poll());
  }

  /**
   * A value from which one that matters can be reached matters as long. Values come in falling
   * order, so that each is raised at most once.
   */
  private void spread(List<List<Integer>> neededBefore, LimitPoll poll) {
    int[] before = until.clone();
    List<Integer> falling =
        IntStream.range(0, until.length)
            .boxed()
            .sorted(Comparator.comparing((Integer value) -> before[value]).reversed())
            .toList();
    Deque<Integer> open = new ArrayDeque<>();
    for (int start : falling) {
      poll.step();
      open.add(start);
      while (!open.isEmpty()) {
        for (int value : neededBefore.get(open.remove())) {
          poll.step();
          if (until[value] < before[start]) {
            until[value] = before[start];
            open.add(value);
          }
        }
      }
    }
  }

  /** The last rank at which it matters that the register holds this value and no other. */
  int until(int value) {
    return Math.max(anyUntil, value == ValueFlow.NONE ? NEVER : until[value]);
  }
}
