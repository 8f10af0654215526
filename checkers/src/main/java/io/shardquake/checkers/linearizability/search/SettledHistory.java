package io.shardquake.checkers.linearizability.search;

import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.model.Effect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A register's history in which operations of unknown outcome are settled as far as the others tell
 * theirs. It is linearizable if and only if the original is.
 *
 * <p><b>Left out.</b> A value is needed if an operation that returned found it, or if an operation
 * of unknown outcome that puts a needed value there must find it first. Whoever of unknown outcome
 * puts a value there that is not needed is left out: a linearization that holds him is one without
 * him, because nobody between him and the next one who puts a value there asked for his.
 *
 * <p><b>Returned.</b> Where a needed value is not the initial one, and one operation alone puts it
 * there, that operation took effect before the first return of those that found the value and took
 * effect themselves. Of unknown outcome, it is given a return just before that one.
 */
final class SettledHistory {
  private static final int NONE = -1;

  private final Timeline timeline;
  private final ObjectHistory original;
  private final ValueFlow flow;

  /** For each value, who puts it there; {@link #NONE} for nobody or more than one. */
  private final int[] source;

  private final boolean[] needed;

  /** For each operation that was given a return, the one that returns right after it. */
  private final int[] toldBy;

  private final long[] returns;
  private final int[] kept;
  private final ObjectHistory history;

  private SettledHistory(Timeline timeline, ValueFlow flow, int initial) {
    this.timeline = timeline;
    this.original = timeline.history();
    this.flow = flow;
    this.needed = needed();
    this.source = sources(initial);
    this.toldBy = new int[original.size()];
    Arrays.fill(toldBy, NONE);
    this.returns =
        IntStream.range(0, original.size())
            .mapToLong(op -> ObjectHistory.position(original.returned(op)))
            .toArray();
    settle();
    this.kept = IntStream.range(0, original.size()).filter(this::isKept).toArray();
    timeline.poll().now();
    this.history =
        original.part(
            kept, Arrays.stream(kept).mapToLong(op -> returns[op]).toArray(), timeline.poll());
  }

  /**
   * Settles what can be.
   *
   * @param initial number of the value that the register holds at first, or {@link ValueFlow#NONE}
   * @return empty if that is nothing, or if an operation says what the register did not hold
   */
  static Optional<SettledHistory> of(Timeline timeline, ValueFlow flow, int initial) {
    if (tellsWhatWasNotThere(timeline, flow)) {
      return Optional.empty();
    }
    SettledHistory settled = new SettledHistory(timeline, flow, initial);
    boolean changed =
        settled.kept.length < settled.original.size()
            || Arrays.stream(settled.toldBy).anyMatch(teller -> teller != NONE);
    return changed ? Optional.of(settled) : Optional.empty();
  }

  /** A compare-and-set that missed depends on values that it does not name. */
  private static boolean tellsWhatWasNotThere(Timeline timeline, ValueFlow flow) {
    CallClasses classes = timeline.classes();
    return IntStream.range(0, classes.size())
        .anyMatch(
            number ->
                classes.effect(number) == Effect.OBSERVES
                    && flow.neededBy(number) == ValueFlow.NONE
                    && classes.call(number).result().isPresent());
  }

  private boolean[] needed() {
    boolean[] found = new boolean[flow.values()];
    List<List<Integer>> neededFirst = new ArrayList<>();
    IntStream.range(0, found.length).forEach(value -> neededFirst.add(new ArrayList<>(0)));
    List<Integer> open = new ArrayList<>();
    for (int op = 0; op < original.size(); op++) {
      timeline.poll().step();
      int value = needs(op);
      if (value != NONE && timeline.returns(op)) {
        open.add(value);
      } else if (value != NONE && gives(op) != NONE) {
        neededFirst.get(gives(op)).add(value);
      }
    }
    while (!open.isEmpty()) {
      timeline.poll().step();
      int value = open.remove(open.size() - 1);
      if (!found[value]) {
        found[value] = true;
        open.addAll(neededFirst.get(value));
      }
    }
    return found;
  }

  private int[] sources(int initial) {
    int[] found = new int[flow.values()];
    int[] count = new int[flow.values()];
    Arrays.fill(found, NONE);
    for (int op = 0; op < original.size(); op++) {
      timeline.poll().step();
      if (gives(op) != NONE) {
        found[gives(op)] = op;
        count[gives(op)]++;
      }
    }
    for (int value = 0; value < found.length; value++) {
      found[value] = count[value] == 1 && value != initial ? found[value] : NONE;
    }
    return found;
  }

  /** Goes from each operation that returned, the earliest first, back to what must have been. */
  private void settle() {
    int[] byReturn = IntStream.range(0, timeline.returns()).map(timeline::returning).toArray();
    for (int reader : byReturn) {
      timeline.poll().step();
      long before = returns[reader];
      for (int op = sourceOf(reader); isOpen(op, before - 1); op = sourceOf(op)) {
        before--;
        returns[op] = before;
        toldBy[op] = reader;
      }
    }
  }

  private int sourceOf(int reader) {
    return needs(reader) == NONE ? NONE : source[needs(reader)];
  }

  private boolean isOpen(int op, long until) {
    return op != NONE
        && returns[op] == Long.MAX_VALUE
        && ObjectHistory.position(original.call(op)) < until;
  }

  private boolean isKept(int op) {
    return timeline.returns(op) || (gives(op) != NONE && needed[gives(op)]);
  }

  private int needs(int op) {
    return flow.neededBy(timeline.classes().of(op));
  }

  private int gives(int op) {
    return flow.givenBy(timeline.classes().of(op));
  }

  /** The settled history. */
  ObjectHistory history() {
    return history;
  }

  /** What was concluded of the settled history, said of the original one. */
  Analysis original(Analysis found, Timeline settled) {
    if (found instanceof Analysis.Invalid invalid) {
      int operation = original(invalid.witness().get(0));
      return new Analysis.Invalid(
          invalid.analyzer(), invalid.cost(), Search.why(original, operation), List.of(operation));
    }
    if (found instanceof Analysis.Unknown unknown) {
      int passed =
          (int)
              IntStream.range(0, unknown.returnsPassed())
                  .filter(number -> timeline.returns(kept[settled.returning(number)]))
                  .count();
      return new Analysis.Unknown(unknown.analyzer(), unknown.cost(), unknown.cause(), passed);
    }
    return found;
  }

  /** The original's operation that this one of the settled history is. */
  int kept(int operation) {
    return kept[operation];
  }

  /** The original's operation that returns as this one of the settled history, or right after. */
  int original(int operation) {
    int op = kept[operation];
    return toldBy[op] == NONE ? op : toldBy[op];
  }
}
