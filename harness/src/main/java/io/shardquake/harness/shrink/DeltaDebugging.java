package io.shardquake.harness.shrink;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Finds a small part of a list that still fails (Zeller and Hildebrandt, "Simplifying and isolating
 * failure-inducing input", 2002): takes away ever smaller parts, from the back to the front, since
 * what came after a failure rarely caused it. Tries first whether it fails with nothing.
 */
final class DeltaDebugging {
  private final BooleanSupplier enough;

  /**
   * @param enough looked at before each trial: whether to be content with what there is
   */
  DeltaDebugging(BooleanSupplier enough) {
    this.enough = enough;
  }

  /**
   * A part that fails, in the order of the whole; none of its items can be left out, unless it was
   * enough before that was known.
   *
   * @param whole fails
   */
  <T> List<T> minimize(List<T> whole, Predicate<List<T>> fails) {
    if (!whole.isEmpty() && !enough.getAsBoolean() && fails.test(List.of())) {
      return List.of();
    }
    List<T> current = List.copyOf(whole);
    int parts = 2;
    while (!current.isEmpty()) {
      int size = Math.max(1, (current.size() + parts - 1) / parts);
      List<T> smaller = withoutOnePart(current, size, fails);
      if (smaller.size() < current.size()) {
        current = smaller;
        parts = Math.max(2, parts - 1);
      } else if (size == 1 || enough.getAsBoolean()) {
        return current;
      } else {
        parts = Math.min(current.size(), 2 * parts);
      }
    }
    return current;
  }

  /** Leaves out every part that can be left out; the same list if none can. */
  private <T> List<T> withoutOnePart(List<T> whole, int size, Predicate<List<T>> fails) {
    List<T> current = whole;
    int end = current.size();
    while (end > 0 && !enough.getAsBoolean()) {
      int start = Math.max(0, end - size);
      List<T> candidate = new ArrayList<>(current.subList(0, start));
      candidate.addAll(current.subList(end, current.size()));
      if (fails.test(candidate)) {
        current = candidate;
      }
      end = start;
    }
    return List.copyOf(current);
  }
}
