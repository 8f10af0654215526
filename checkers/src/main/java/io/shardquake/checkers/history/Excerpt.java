package io.shardquake.checkers.history;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Some operations of a history as one of its own. */
final class Excerpt {
  private final History whole;
  private final int[] rows;

  /**
   * @param rows ascending; not to be changed any more
   */
  Excerpt(History whole, int[] rows) {
    this.whole = whole;
    this.rows = rows;
  }

  /** The excerpt. Events keep their indexes, times and processes. */
  History history() {
    int[] byCompletion = byCompletion();
    History.Builder excerpt = new History.Builder();
    int ended = 0;
    for (int row : rows) {
      while (ended < byCompletion.length
          && whole.completionIndex(byCompletion[ended]) < whole.invocationIndex(row)) {
        complete(excerpt, byCompletion[ended]);
        ended++;
      }
      excerpt.invoke(whole.get(row).invocation());
    }
    for (; ended < byCompletion.length; ended++) {
      complete(excerpt, byCompletion[ended]);
    }
    return excerpt.build();
  }

  private int[] byCompletion() {
    return IntStream.of(rows)
        .filter(whole::isCompleted)
        .boxed()
        .sorted(Comparator.comparingLong(whole::completionIndex))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private void complete(History.Builder excerpt, int row) {
    excerpt.complete(whole.process(row), whole.get(row).completion().orElseThrow());
  }
}
