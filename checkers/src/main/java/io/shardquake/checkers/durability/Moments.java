package io.shardquake.checkers.durability;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * A set of moments, as spans of nanoseconds from the start of the run that neither touch nor
 * overlap, ascending. Immutable.
 */
record Moments(List<Span> spans) {
  /** All moments between the two, both included. */
  record Span(long from, long to) {}

  Moments {
    spans = List.copyOf(spans);
  }

  static Moments between(long from, long to) {
    return new Moments(from > to ? List.of() : List.of(new Span(from, to)));
  }

  boolean isEmpty() {
    return spans.isEmpty();
  }

  /** The latest of them, of which there must be one. */
  long last() {
    return spans.get(spans.size() - 1).to();
  }

  /**
   * Those that allow something which does not change between two neighbours of {@code times}.
   *
   * @param times ascending, each once
   */
  Moments where(List<Long> times, LongPredicate allows) {
    List<Span> allowed = new ArrayList<>();
    for (Span span : spans) {
      long from = span.from();
      for (long time : times) {
        if (time >= from && time <= span.to()) {
          add(allowed, from, time - 1, allows);
          add(allowed, time, time, allows);
          from = time + 1;
        }
      }
      add(allowed, from, span.to(), allows);
    }
    return new Moments(allowed);
  }

  private static void add(List<Span> allowed, long from, long to, LongPredicate allows) {
    if (from > to || !allows.test(from)) {
      return;
    }
    int last = allowed.size() - 1;
    if (last >= 0 && allowed.get(last).to() == from - 1) {
      allowed.set(last, new Span(allowed.get(last).from(), to));
    } else {
      allowed.add(new Span(from, to));
    }
  }

  /** In words, as in an argument. */
  String inWords() {
    List<String> words =
        spans.stream()
            .map(
                span ->
                    span.from() == span.to()
                        ? "at " + Cut.seconds(span.from())
                        : "from " + Cut.seconds(span.from()) + " to " + Cut.seconds(span.to()))
            .toList();
    return words.isEmpty() ? "never" : String.join(" or ", words);
  }
}
