package io.shardquake.reports.html;

import java.util.List;
import java.util.function.ToLongFunction;

/** Leaves out the shortest of too many stretches of time. */
final class Coarsening {
  private Coarsening() {}

  /** At most {@code most} of the items: the longest, in their order. */
  static <T> List<T> of(List<T> items, int most, ToLongFunction<T> from, ToLongFunction<T> to) {
    if (items.size() <= most) {
      return items;
    }
    ToLongFunction<T> length = item -> to.applyAsLong(item) - from.applyAsLong(item);
    long[] lengths = items.stream().mapToLong(length).sorted().toArray();
    long least = lengths[lengths.length - most];
    long ties = items.stream().filter(item -> length.applyAsLong(item) > least).count();
    long[] left = {most - ties};
    return items.stream()
        .filter(
            item -> {
              long own = length.applyAsLong(item);
              return own > least || (own == least && left[0]-- > 0);
            })
        .toList();
  }
}
