package io.shardquake.checkers.linearizability.search;

import io.shardquake.checkers.linearizability.analysis.SearchEndedException;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lowe's just-in-time linearization, breadth first: all configurations at one return, then all at
 * the next. It forgets what lies behind, so that its memory follows the widest return and not the
 * length of the history. See Gavin Lowe, "Testing for linearizability", Concurrency and
 * Computation: Practice and Experience 29 (4), 2017.
 */
final class LinearSearch extends Search {
  private static final int UNBOUNDED = Integer.MAX_VALUE;

  /** What takes few steps comes first, so that more than this need not be looked at. */
  private static final int SPARE = 4;

  private final int width;
  private final int enough;
  private final ConfigurationSet visited;
  private final long[] current;
  private ConfigurationSet frontier;
  private ConfigurationSet next;

  LinearSearch(Timeline timeline, Linearizer linearizer, SearchLimits limits) {
    this(timeline, linearizer, limits, UNBOUNDED);
  }

  /**
   * A search that is not exact: where it finds a linearization there is one, and where it finds
   * none it has shown nothing.
   *
   * @param width how many configurations it keeps at each return: those that have used the fewest
   *     operations of unknown outcome, which are not to be had again
   */
  LinearSearch(Timeline timeline, Linearizer linearizer, SearchLimits limits, int width) {
    super("linear", timeline, linearizer, limits);
    this.width = width;
    this.enough = (int) Math.min(SPARE * (long) width, UNBOUNDED);
    ConfigurationLayout layout = linearizer().layout();
    this.visited = new ConfigurationSet(layout);
    this.frontier = new ConfigurationSet(layout);
    this.next = new ConfigurationSet(layout);
    this.current = linearizer().initialConfiguration();
  }

  @Override
  int walk() {
    Window window = linearizer().window();
    frontier.add(current, window.masks(), Linearizer.NO_TAG);
    for (int number = 0; number < returns(); number++) {
      window.moveTo(number);
      reached(number);
      visited.clear();
      next.clear();
      admit();
      for (int entry = 0; entry < visited.size() && next.size() <= enough; entry++) {
        if (visited.lives(entry)) {
          expand(entry);
        }
      }
      if (next.size() == 0) {
        return number;
      }
      if (next.size() > width) {
        linearizer().keepFrugal(next, width);
      }
      ConfigurationSet passed = frontier;
      frontier = next;
      next = passed;
    }
    return returns();
  }

  /**
   * Walks to where no configuration goes on.
   *
   * @throws SearchEndedException if a limit is met
   */
  Optional<DeadEnd> deadEnd(int most) {
    int number = walk();
    if (number == returns()) {
      return Optional.empty();
    }
    List<DeadEnd.FinalConfiguration> found = new ArrayList<>();
    int count = 0;
    for (int entry = 0; entry < frontier.size(); entry++) {
      if (frontier.lives(entry)) {
        if (count++ < most) {
          frontier.load(entry, current);
          linearizer().observe(current, linearizer().window().freshObservers());
          int last =
              linearizer()
                  .last(frontier, entry, Linearizer.operation(frontier.tag(entry)), current);
          found.add(linearizer().describe(current, last));
        }
      }
    }
    return Optional.of(new DeadEnd(timeline().returning(number), number, found, count));
  }

  /** Sorts the frontier into what may pass and what must take steps. */
  private void admit() {
    for (int entry = 0; entry < frontier.size(); entry++) {
      if (frontier.lives(entry)) {
        countStep();
        frontier.load(entry, current);
        linearizer().observe(current, linearizer().window().freshObservers());
        if (linearizer().leadsNowhere(current)) {
          continue;
        }
        int last =
            linearizer().last(frontier, entry, Linearizer.operation(frontier.tag(entry)), current);
        if (!linearizer().mustPass(current)) {
          visit(current, Linearizer.tag(Linearizer.NO_PARENT, last));
        }
        if (linearizer().mayPass(current)) {
          pass(current, last);
        }
      }
    }
  }

  private void expand(int entry) {
    countStep();
    visited.load(entry, current);
    linearizer()
        .expand(
            current,
            (successor, operation) -> {
              if (!linearizer().mustPass(successor)) {
                visit(successor, Linearizer.tag(entry, operation));
                if (linearizer().mayPass(successor)) {
                  pass(successor, linearizer().last(visited, entry, operation, successor));
                }
              } else if (!linearizer().canWait(visited, entry, successor)) {
                pass(successor, linearizer().last(visited, entry, operation, successor));
              }
            });
  }

  private void visit(long[] configuration, long tag) {
    visited.add(configuration, linearizer().window().masks(), tag);
    countConfiguration();
  }

  /** Passes the return; of the orders that lead there, some one ends with {@code last}. */
  private void pass(long[] configuration, int last) {
    linearizer().pass(configuration);
    long tag = Linearizer.tag(Linearizer.NO_PARENT, last);
    next.add(configuration, linearizer().window().masksAfterReturn(), tag);
    countConfiguration();
  }

  @Override
  long setBytes() {
    return frontier.bytesToAdd() + next.bytesToAdd() + visited.bytesToAdd();
  }
}
