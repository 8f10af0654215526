package io.shardquake.checkers.linearizability.search;

import io.shardquake.checkers.linearizability.model.Effect;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.model.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Turns a way through the graph of configurations into an order of operations: puts back the
 * observers, each where it was first consistent, and the overwriters that were left out, each
 * before the next one.
 */
final class PathReplay {
  /**
   * A step of the way.
   *
   * @param number before which return it was taken
   * @param operation what it linearized
   * @param next the state that it led to, where there is a choice
   */
  record PathStep(int number, int operation, Model next) {}

  private final Timeline timeline;
  private final List<PathStep> path;
  private final Set<Integer> onPath = new HashSet<>();
  private final Set<Integer> open = new LinkedHashSet<>();
  private final List<Integer> order = new ArrayList<>();
  private Model state;
  private int nextStep;

  PathReplay(Timeline timeline, Model initial, List<PathStep> path) {
    this.timeline = timeline;
    this.state = initial;
    this.path = path;
    path.forEach(step -> onPath.add(step.operation()));
  }

  List<Integer> order() {
    int number = 0;
    for (int at = 0; at < timeline.events(); at++) {
      int op = Timeline.operation(timeline.event(at));
      if (!Timeline.isReturn(timeline.event(at))) {
        if (timeline.returns(op)) {
          open.add(op);
        }
      } else {
        takeStepsBefore(number++);
        open.remove(op);
      }
    }
    return order;
  }

  private void takeStepsBefore(int number) {
    observe();
    while (nextStep < path.size() && path.get(nextStep).number() == number) {
      PathStep step = path.get(nextStep++);
      if (timeline.effect(step.operation()) == Effect.OVERWRITES) {
        overwrite(step.operation());
      }
      order.add(step.operation());
      open.remove(step.operation());
      state = stepOf(step.operation()) instanceof Step.To to ? to.next() : step.next();
      observe();
    }
  }

  private void overwrite(int by) {
    List<Integer> leftOut =
        open.stream()
            .filter(op -> op != by && timeline.effect(op) == Effect.OVERWRITES)
            .filter(op -> !onPath.contains(op))
            .toList();
    order.addAll(leftOut);
    leftOut.forEach(open::remove);
  }

  private void observe() {
    List<Integer> consistent =
        open.stream()
            .filter(op -> timeline.effect(op) == Effect.OBSERVES)
            .filter(op -> stepOf(op) instanceof Step.To)
            .toList();
    order.addAll(consistent);
    consistent.forEach(open::remove);
  }

  private Step stepOf(int op) {
    return state.step(timeline.classes().call(timeline.classes().of(op)));
  }
}
