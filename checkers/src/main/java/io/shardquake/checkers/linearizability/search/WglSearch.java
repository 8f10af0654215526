package io.shardquake.checkers.linearizability.search;

import io.shardquake.checkers.linearizability.analysis.SearchEndedException;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.model.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Wing and Gong's search, depth first, with Lowe's memory: a configuration that was visited before,
 * or that such a one dominates, is not visited again. On a linearizable history it usually walks
 * straight to the end. See Jeannette M. Wing and Chun Gong, "Testing and verifying concurrent
 * objects", Journal of Parallel and Distributed Computing 17, 1993.
 */
final class WglSearch extends Search {
  private final ConfigurationSet visited;
  private final long[] current;
  private int[] stack = new int[64];
  private int depth;
  private int last;
  private boolean remembersWay;

  WglSearch(Timeline timeline, Linearizer linearizer, SearchLimits limits) {
    super("wgl", timeline, linearizer, limits);
    this.visited = new ConfigurationSet(linearizer().layout());
    this.current = linearizer().initialConfiguration();
  }

  /**
   * Walks to the end and remembers the way.
   *
   * @return empty if no way leads to the end
   * @throws SearchEndedException if a limit is met
   */
  Optional<List<PathReplay.PathStep>> path() {
    remembersWay = true;
    return walk() == returns() ? Optional.of(way()) : Optional.empty();
  }

  private List<PathReplay.PathStep> way() {
    List<PathReplay.PathStep> steps = new ArrayList<>();
    int entry = last;
    while (Linearizer.parent(visited.tag(entry)) != Linearizer.NO_PARENT) {
      int operation = Linearizer.operation(visited.tag(entry));
      long head = visited.word(entry, ConfigurationLayout.HEAD);
      entry = Linearizer.parent(visited.tag(entry));
      if (operation != Linearizer.NO_OPERATION) {
        long before = visited.word(entry, ConfigurationLayout.HEAD);
        Model next = linearizer().table().state(ConfigurationLayout.state(head));
        steps.add(new PathReplay.PathStep(ConfigurationLayout.position(before), operation, next));
      }
    }
    Collections.reverse(steps);
    return steps;
  }

  @Override
  int walk() {
    int furthest = 0;
    visit(current, linearizer().window().masks(), Linearizer.NO_TAG);
    while (depth > 0) {
      int entry = stack[--depth];
      if (visited.lives(entry)) {
        visited.load(entry, current);
        int number = ConfigurationLayout.position(current[ConfigurationLayout.HEAD]);
        if (number == returns()) {
          last = entry;
          return number;
        }
        if (number > furthest) {
          furthest = number;
          reached(number);
          entry = forget(number, entry);
        }
        proceed(number, entry);
      }
    }
    return furthest;
  }

  /** Drops all memory where every way leads through this one configuration. */
  private int forget(int number, int entry) {
    if (remembersWay || !timeline().isCertainBefore(number)) {
      return entry;
    }
    visited.clear();
    depth = 0;
    visited.add(current, linearizer().window().masks(), Linearizer.NO_TAG);
    return 0;
  }

  private void proceed(int number, int entry) {
    countStep();
    linearizer().window().moveTo(number);
    if (linearizer().observe(current, linearizer().window().freshObservers())) {
      visited.store(entry, current);
    }
    if (linearizer().leadsNowhere(current)) {
      return;
    }
    int bottom = depth;
    if (!linearizer().mustPass(current)) {
      expand(entry);
    }
    if (linearizer().mayPass(current)) {
      pass(current, entry, Linearizer.NO_OPERATION);
    }
    reverseStackFrom(bottom);
  }

  private void expand(int entry) {
    linearizer()
        .expand(
            current,
            (successor, operation) -> {
              if (!linearizer().mustPass(successor)) {
                visit(successor, linearizer().window().masks(), Linearizer.tag(entry, operation));
              } else if (!linearizer().canWait(visited, entry, successor)) {
                pass(successor, entry, operation);
              }
            });
  }

  private void pass(long[] configuration, int parent, int operation) {
    linearizer().pass(configuration);
    visit(
        configuration, linearizer().window().masksAfterReturn(), Linearizer.tag(parent, operation));
  }

  private void visit(long[] configuration, SlotMasks masks, long tag) {
    countConfiguration();
    if (visited.add(configuration, masks, tag)) {
      if (depth == stack.length) {
        stack = Arrays.copyOf(stack, depth * 2);
      }
      stack[depth++] = visited.size() - 1;
    }
  }

  /** What was found first is walked first. */
  private void reverseStackFrom(int bottom) {
    for (int low = bottom, high = depth - 1; low < high; low++, high--) {
      int swapped = stack[low];
      stack[low] = stack[high];
      stack[high] = swapped;
    }
  }

  @Override
  long setBytes() {
    return visited.bytesToAdd() + stack.length * 4L;
  }
}
